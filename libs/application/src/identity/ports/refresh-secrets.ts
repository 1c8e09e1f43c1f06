/** Secrets of refresh tokens and tickets: shown once, stored as hashes. */
export interface RefreshSecrets {
  /** 256 random bits as text, and their hash. */
  make(): { readonly secret: string; readonly hash: string };
  /** Hex SHA-256 of any text that may be a secret. */
  hashOf(secret: string): string;
}
export const REFRESH_SECRETS = Symbol('RefreshSecrets');
