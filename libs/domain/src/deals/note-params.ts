import { COPYABLE_NOTE_TYPES, type CopyableNoteType } from './copy-options.js';

export type NoteParams = Readonly<Record<string, unknown>>;

/** Members of a note's params that amoCRM takes on creation (amoCRM API: notes, params by type). */
const MEMBERS: Readonly<Record<CopyableNoteType, readonly string[]>> = {
  common: ['text'],
  call_in: ['uniq', 'duration', 'source', 'link', 'phone', 'call_responsible'],
  call_out: ['uniq', 'duration', 'source', 'link', 'phone', 'call_responsible'],
  service_message: ['service', 'text'],
  extended_service_message: ['service', 'text'],
  message_cashier: ['status', 'text'],
  geolocation: ['text', 'address', 'longitude', 'latitude'],
  sms_in: ['text', 'phone'],
  sms_out: ['text', 'phone'],
  attachment: ['file_uuid', 'version_uuid', 'file_name'],
};

export const isCopyableNoteType = (type: string): type is CopyableNoteType =>
  (COPYABLE_NOTE_TYPES as readonly string[]).includes(type);

/**
 * The params as they may be written: what amoCRM adds on reading is left out, and so are members without a value.
 * Of types that cannot be created, nothing is left.
 */
export const writableParams = (type: string, params: NoteParams): NoteParams =>
  isCopyableNoteType(type)
    ? Object.fromEntries(
        MEMBERS[type].flatMap((key): readonly (readonly [string, unknown])[] => {
          const value = params[key];
          return value === undefined || value === null || value === '' ? [] : [[key, value]];
        }),
      )
    : {};

/** Without these a note of the type says nothing, and amoCRM refuses it. */
const NEEDED: Partial<Readonly<Record<CopyableNoteType, string>>> = {
  common: 'text',
  service_message: 'text',
  extended_service_message: 'text',
  sms_in: 'text',
  sms_out: 'text',
  attachment: 'file_uuid',
};

/** False for a note that has nothing to write: an SMS whose text is null, a text of blanks, a file outside the drive. */
export const isWritableNote = (type: CopyableNoteType, params: NoteParams): boolean => {
  const needed = NEEDED[type];
  if (needed === undefined) return Object.keys(params).length > 0;
  const value = params[needed];
  return typeof value === 'string' && value.trim() !== '';
};
