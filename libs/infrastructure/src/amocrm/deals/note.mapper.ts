import type { DealNote } from '#domain/deals/source-deal.js';
import { asId, type AmoDealId, type AmoUserId } from '#domain/shared/ids.js';
import type { Keyed, NewNote } from '#application/deals/ports/amo-deals.js';
import { idOf, instantOf, numberOf, recordOf, textOf, toSeconds, type WireRecord } from '../http/wire-value.js';

/** A note of a deal, or undefined when the row is none. */
export const toDealNote = (note: WireRecord): DealNote | undefined => {
  const id = idOf(note.id);
  const dealId = idOf(note.entity_id);
  const type = textOf(note.note_type);
  if (id === undefined || dealId === undefined || type === undefined) return undefined;
  return {
    id,
    dealId: asId<AmoDealId>(dealId),
    type,
    params: recordOf(note.params) ?? {},
    createdAt: instantOf(note.created_at) ?? new Date(0),
    createdBy: numberOf(note.created_by) ?? 0,
    responsibleUserId: asId<AmoUserId>(numberOf(note.responsible_user_id) ?? 0),
  };
};

export const fromNote = ({ requestId, value: note }: Keyed<NewNote>): WireRecord => ({
  request_id: requestId,
  entity_id: note.dealId,
  note_type: note.type,
  params: note.params,
  ...(note.createdAt === null ? {} : { created_at: toSeconds(note.createdAt) }),
  ...(note.createdBy === null ? {} : { created_by: note.createdBy }),
  // History that is copied must not set off the triggers of the stage once more.
  is_need_to_trigger_digital_pipeline: false,
});
