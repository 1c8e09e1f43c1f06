import type { HookEvent } from './hook-event.js';
import { type HookNode, idAt, mapAt, textAt } from './hook-tree.js';

// How our link notes end.
const NOTE_MARK = /\[sdelka:[0-9a-f-]{36}\]\s*$/;

/** What an event says of having been caused by our own writes, which amoCRM tells of like any other (amoCRM: webhooks). */
export type EchoClue = 'none' | 'note' | 'marker_field';

/**
 * A deal that was just added and carries our marker field is a copy of ours; so is a note that ends in our mark. Later
 * changes of such a deal are a person's. amoCRM's `modified_user_id` says nothing about it: it may wrongly be 0.
 *
 * @param markerFieldId null while it is not known
 * @returns `marker_field` when only that field's id can tell
 */
export const echoClueOf = (event: HookEvent, markerFieldId: number | null): EchoClue => {
  if (event.kind !== 'account') return 'none';
  if (event.action === 'note') return NOTE_MARK.test(textAt(event.raw, 'note', 'text') ?? '') ? 'note' : 'none';
  if (event.entity !== 'leads' || event.action !== 'add') return 'none';
  const fields = [...(mapAt(event.raw, 'custom_fields')?.values() ?? [])];
  const isMarked = (field: HookNode): boolean =>
    (markerFieldId === null || idAt(field, 'id') === markerFieldId) &&
    textAt(field, 'values', '0', 'value') !== undefined;
  return fields.some(isMarked) ? 'marker_field' : 'none';
};
