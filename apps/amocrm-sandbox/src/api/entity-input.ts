import type { EntityType } from '../state/rows.js';
import { aResponsible, anAuthor } from '../validate/choices.js';
import { customFields } from '../validate/custom-fields.js';
import { aRequestId, aTime, anInt, listOf, nullable, text } from '../validate/rules.js';
import { aTagRef } from './tags.js';

const NAME_MAX = 255;

/** Who and when; all writable, `created_at` may lie in the past. */
export const authored = { created_by: anAuthor, updated_by: anAuthor, created_at: aTime, updated_at: aTime };

/** Fields that leads, contacts and companies take alike. Everything else that is read is read-only. */
export function entityFields<T extends EntityType>(type: T) {
  return {
    name: text(NAME_MAX),
    responsible_user_id: aResponsible,
    ...authored,
    custom_fields_values: customFields(type),
    tags_to_add: nullable(listOf(aTagRef(type))),
    request_id: aRequestId,
  };
}

/** `_embedded.tags` replaces the whole set, null clears it. */
export const embeddedTags = (type: EntityType) => ({ tags: nullable(listOf(aTagRef(type))) });

/** Fields of an update besides those of a creation. */
export const updateFields = (type: EntityType) => ({ id: anInt, tags_to_delete: nullable(listOf(aTagRef(type))) });

/** The authorship of a new row: what was sent, else the token's user, now. */
export function authorship(
  input: { created_by?: number; updated_by?: number; created_at?: number; updated_at?: number },
  userId: number,
  now: number,
): { created_by: number; updated_by: number; created_at: number; updated_at: number } {
  const createdAt = input.created_at ?? now;
  return {
    created_by: input.created_by ?? userId,
    updated_by: input.updated_by ?? input.created_by ?? userId,
    created_at: createdAt,
    updated_at: input.updated_at ?? now,
  };
}

/** The last change of an updated row: what was sent, else the token's user, now. */
export function lastChange(
  input: { updated_by?: number; updated_at?: number },
  userId: number,
  now: number,
): { updated_by: number; updated_at: number } {
  return { updated_by: input.updated_by ?? userId, updated_at: input.updated_at ?? now };
}

/** Only the given keys of an input, those that are present: a partial row. */
export function given<T extends object, K extends keyof T>(input: T, keys: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {};
  for (const key of keys) if (input[key] !== undefined) picked[key] = input[key];
  return picked;
}
