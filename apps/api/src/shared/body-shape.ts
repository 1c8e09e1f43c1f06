import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';

/** Deeper than any body of ours, far from where a recursion ends. */
const MAX_DEPTH = 32;
/** Keys of one object; lists are bounded by their own fields. */
const MAX_KEYS = 500;

const refused = (code: string, message: string): AppError =>
  new AppError(sharedErrors['shared.validation_failed'], { issues: [{ path: '', code, message }] });

/**
 * Refuse a body whose very shape would cost more to validate than to refuse: the validator's time grows with the square
 * of the unknown keys, and its recursion with the depth. Linear, without recursion.
 *
 * @throws AppError `shared.validation_failed`
 */
export const assertSaneShape = (body: unknown): void => {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= MAX_DEPTH) throw refused('too_deep', `must not be nested deeper than ${MAX_DEPTH} levels`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const members = Object.values(value);
      if (!Array.isArray(value) && members.length > MAX_KEYS) {
        throw refused('too_many_keys', `an object must not have more than ${MAX_KEYS} keys`);
      }
      for (const member of members) if (typeof member === 'object' && member !== null) next.push(member);
    }
    level = next;
  }
};
