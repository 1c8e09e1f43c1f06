/** Codes of authenticator apps: TOTP (RFC 6238) with SHA-1, six digits, thirty seconds, which all of them know. */
export interface TotpCodes {
  /** 160 random bits as base32, as people type them into an app. */
  makeSecret(): string;
  /** The `otpauth:` address of a secret, as apps read it from a picture. */
  addressOf(secret: string, email: string): string;
  /** The time step that `code` belongs to, the one before and the one after `at` included; null when it is of none. */
  stepOf(secret: string, code: string, at: Date): number | null;
}
export const TOTP_CODES = Symbol('TotpCodes');
