import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { decodeCursor, encodeCursor, type Page } from '#application/shared/paging.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The id after which a page of UUID v7 keys begins, newest first; null for the first page.
 *
 * @throws AppError `shared.validation_failed` for a cursor that is not ours
 */
export const startOf = (cursor: string | undefined): string | null => {
  if (cursor === undefined) return null;
  const [id] = decodeCursor(cursor, 1) ?? [];
  if (typeof id === 'string' && UUID.test(id)) return id;
  const issue = { path: 'cursor', code: 'unknown_cursor', message: 'is not a cursor that this list gave out' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};

/** A page of rows of which one more than `limit` was read. */
export const pageOf = <T extends { readonly id: string }>(rows: readonly T[], limit: number): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
};
