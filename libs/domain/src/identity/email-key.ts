/**
 * What two spellings of one e-mail address have in common: trimmed, compatibility-normalised, lower case. Accounts are
 * found, kept unique and protected against guessing by this key alone, so that no spelling slips past one of the three.
 */
export const emailKey = (email: string): string => email.trim().normalize('NFKC').toLowerCase();
