import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { decodeCursor, encodeCursor, type Page } from '#application/shared/paging.js';

const badCursor = () =>
  new AppError(sharedErrors['shared.validation_failed'], {
    issues: [{ path: 'cursor', code: 'malformed', message: 'is not a cursor of this list' }],
  });

/** The place in a list of operations that a cursor means: when the last one shown was made, and its id. */
export const operationCursor = (cursor: string | undefined): readonly (string | number)[] | null => {
  const after = cursor === undefined ? null : decodeCursor(cursor, 2);
  if (after === undefined) throw badCursor();
  return after;
};

/** The position in an operation that a cursor means; -1 without one. */
export const itemCursor = (cursor: string | undefined): number => {
  const [seq] = (cursor === undefined ? [-1] : decodeCursor(cursor, 1)) ?? [];
  if (typeof seq !== 'number') throw badCursor();
  return seq;
};

/** A page out of rows that were read with one more than the limit. */
export const pageOf = <R, T>(
  rows: readonly R[],
  limit: number,
  view: (row: R) => T,
  keyOf: (row: R) => readonly (string | number)[],
): Page<T> => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
};
