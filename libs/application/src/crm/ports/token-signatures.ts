/** Signatures of one-time tokens (amoCRM: disposable tokens are JWTs, HS256 under the integration's secret). */
export interface TokenSignatures {
  /**
   * Which integration a token says it is of, by its `client_uuid`. Nothing was checked: good for choosing a secret and
   * for nothing else. Null for what is no JWT.
   */
  claimedClient(token: string): string | null;
  /** The payload, or null unless it was signed with HS256 under `secret`. Its times are not looked at. */
  payload(token: string, secret: string): Readonly<Record<string, unknown>> | null;
}
export const TOKEN_SIGNATURES = Symbol('TokenSignatures');
