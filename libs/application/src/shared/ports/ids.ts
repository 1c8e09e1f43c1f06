/** Makes keys. */
export interface Ids {
  /** A UUID v7: unique, ordered by time, safe to make before the row is written (RFC 9562). */
  next(): string;
  /** `bytes` random bytes from the system's generator, base64url without padding; for secrets that are shown once. */
  secret(bytes: number): string;
}
export const IDS = Symbol('Ids');
