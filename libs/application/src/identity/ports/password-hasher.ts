/** Hashes passwords slowly (argon2id); a few at once, the rest wait. Both throw AppError `identity.busy` when too many wait. */
export interface PasswordHasher {
  /** An encoded hash that carries its own parameters and salt. */
  hash(password: string): Promise<string>;
  /** True when `password` made `hash`. With null (nobody has that e-mail) it works as hard and answers false. */
  verify(password: string, hash: string | null): Promise<boolean>;
}
export const PASSWORD_HASHER = Symbol('PasswordHasher');
