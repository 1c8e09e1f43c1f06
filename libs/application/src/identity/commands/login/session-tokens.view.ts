/** What a client needs to stay signed in. */
export interface SessionTokensView {
  /** For `Authorization: Bearer …`. */
  readonly accessToken: string;
  /** Good for one exchange; shown here and never again. */
  readonly refreshToken: string;
  /** Seconds until the access token expires. */
  readonly expiresIn: number;
}
