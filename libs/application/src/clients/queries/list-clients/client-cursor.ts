import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { decodeCursor } from '../../../shared/paging.js';
import type { ClientOrder, ClientPlace } from '../../ports/client-screens.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Where a page begins. A cursor of a list in another order is refused: its place would mean something else. */
export const placeOf = (cursor: string | undefined, order: ClientOrder): ClientPlace | null => {
  if (cursor === undefined) return null;
  const [sort, value, id] = decodeCursor(cursor, 3) ?? [];
  const isPlace = sort === order && typeof value === 'string' && typeof id === 'string' && UUID.test(id);
  if (!isPlace || value.includes('\0') || !(order.endsWith('name') || isInstant(value))) throw refused();
  return [value, id];
};

/** An instant as we write it. Date makes the 30th of February the 2nd of March, and has a year 0, which Postgres has not. */
const isInstant = (text: string): boolean => {
  const at = INSTANT.test(text) && !text.startsWith('0000') ? new Date(text) : null;
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString() === text;
};

const refused = (): AppError =>
  new AppError(sharedErrors['shared.validation_failed'], {
    issues: [{ path: 'cursor', code: 'malformed', message: 'is not a cursor of this list' }],
  });
