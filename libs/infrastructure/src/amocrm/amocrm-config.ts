/** What the client needs of the configuration; `AmocrmConfig` of the configuration is one of these. */
export interface AmoClientConfig {
  /** Null until the operator has made an integration in amoCRM. */
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** The integration for accounts at Kommo; null = the one above serves both platforms. */
  readonly kommo: { readonly clientId: string; readonly clientSecret: string } | null;
  readonly redirectUri: string;
  /** Origin of a sandbox; null = amoCRM's own hosts over https. */
  readonly baseUrl: string | null;
  readonly requestsPerSecond: number;
  readonly accountRequestsPerSecond: number;
  /** For one request, from the connection to the last byte of the answer. */
  readonly requestTimeoutMs: number;
}
