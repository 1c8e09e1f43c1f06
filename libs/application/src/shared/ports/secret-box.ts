/**
 * Encrypts secrets at rest: AES-256-GCM under a key from the environment. The sealed text carries the key's id,
 * so that keys can be rotated; `context` (e.g. `amocrm:<workspace>`) is bound as additional data, so a sealed
 * value cannot be moved to another row.
 */
export interface SecretBox {
  seal(plain: string, context: string): string;
  /** @throws Error when the text was altered, or sealed under an unknown key or another context */
  open(sealed: string, context: string): string;
  /** False for a value that was sealed under an older key: seal it anew when there is an occasion. */
  isCurrent(sealed: string): boolean;
}
export const SECRET_BOX = Symbol('SecretBox');
