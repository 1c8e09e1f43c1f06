import { activeUser, type CopyDirectory } from '../copy-directory.js';
import type { CopyOptions } from '../copy-options.js';
import type { CopyRemark, NoteDraft } from '../copy-plan.js';
import { linkNoteItem } from '../link-notes.js';
import { isCopyableNoteType, isWritableNote, writableParams, type NoteParams } from '../note-params.js';
import { remark } from '../remarks.js';
import type { DealNote } from '../source-deal.js';
import { cutText, excerpt, lengthOf } from '../text.js';
import { COPY_LIMITS } from './limits.js';
import { builtIn, changed, kept, planned, skipped, type Named, type PlannedPart } from './part.js';

/** Longest text of a note (amoCRM API: limits; one more is refused as TooLong). */
export const NOTE_TEXT_MAX = 20_000;

type Users = Pick<CopyDirectory, 'users'>;

const named = (note: DealNote): Named => {
  const { text, file_name: file, phone } = note.params;
  const label = [text, file, phone].find((value): value is string => typeof value === 'string' && value.trim() !== '');
  return { part: `note:${note.id}`, label: label === undefined ? note.type : excerpt(label) };
};

/** Why a note is left out, or undefined. */
const refusal = (note: DealNote, types: CopyOptions['notes']): CopyRemark | undefined => {
  const { type } = note;
  if (!isCopyableNoteType(type)) return remark('deals.remark.note_type_not_copyable', { type });
  if (!types.includes(type)) return remark('deals.remark.note_type_not_chosen', { type });
  // It points at the source's own source or copy and would say so of the wrong deal.
  if (linkNoteItem(note)) return remark('deals.remark.note_is_link');
  if (isWritableNote(type, writableParams(type, note.params))) return undefined;
  return remark(type === 'attachment' ? 'deals.remark.attachment_not_stored' : 'deals.remark.note_empty');
};

const cutParams = (params: NoteParams): NoteParams => {
  const { text } = params;
  return typeof text === 'string' && lengthOf(text) > NOTE_TEXT_MAX
    ? { ...params, text: cutText(text, NOTE_TEXT_MAX) }
    : params;
};

/** amoCRM's robot signs as user 0; nobody else can. */
const isPerson = ({ createdBy }: DealNote): boolean => createdBy !== 0;

const byAge = (a: DealNote, b: DealNote): number => a.createdAt.getTime() - b.createdAt.getTime() || a.id - b.id;

/** Dates beyond our clock would put the note above everything written later; amoCRM's clock may be ahead by seconds. */
const writtenAt = (note: DealNote, now: Date): Date | null => {
  const ms = note.createdAt.getTime();
  return Number.isFinite(ms) ? new Date(Math.floor(Math.min(ms, now.getTime()) / 1000) * 1000) : null;
};

/**
 * The notes of a copy, oldest first, with the dates they were written at. Notes of people who have left get the
 * integration's own user; texts over amoCRM's limit are cut. The newest are taken when there are too many.
 */
export const planNotes = (
  notes: readonly DealNote[],
  types: CopyOptions['notes'],
  now: Date,
  directory: Users,
): PlannedPart<readonly NoteDraft[]> => {
  const sorted = notes.toSorted(byAge).map((note) => ({ note, reason: refusal(note, types) }));
  const wanted = sorted.flatMap(({ note, reason }) => (reason ? [] : [note]));
  const over = Math.max(0, wanted.length - COPY_LIMITS.notes);
  const copied = wanted.slice(over).map((note) => {
    const params = writableParams(note.type, note.params);
    const written = cutParams(params);
    const createdBy = isPerson(note) ? (activeUser(directory, note.createdBy)?.id ?? null) : null;
    const draft: NoteDraft = { type: note.type, params: written, createdAt: writtenAt(note, now), createdBy };
    return { note, draft, isCut: written !== params };
  });
  const cutReason = remark('deals.remark.note_cut', { limit: NOTE_TEXT_MAX });
  const replaced = copied.filter(({ note, draft }) => isPerson(note) && draft.createdBy === null).length;
  return planned(
    copied.map(({ draft }) => draft),
    [
      ...copied.map(({ note, draft, isCut }) => {
        const at = draft.createdAt?.toISOString() ?? null;
        return isCut ? changed(named(note), at, at, cutReason) : kept(named(note), at);
      }),
      ...sorted.flatMap(({ note, reason }) => (reason ? [skipped(named(note), undefined, reason)] : [])),
      ...(over > 0
        ? [skipped(builtIn('notes'), over, remark('deals.remark.over_limit', { limit: COPY_LIMITS.notes }))]
        : []),
    ],
    [
      ...(replaced > 0 ? [remark('deals.remark.note_authors_replaced', { count: replaced })] : []),
      ...(copied.some(({ isCut }) => isCut) ? [cutReason] : []),
    ],
  );
};
