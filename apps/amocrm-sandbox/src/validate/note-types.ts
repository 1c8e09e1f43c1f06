import { fileExists } from '../state/files.js';
import { anInt, chosen, nullable, oneOf, refined, shape, text, aNumber, type Rule } from './rules.js';

/** amoCRM: 20 001 characters are refused as TooLong. */
const NOTE_TEXT_MAX = 20_000;

const noteText = text(NOTE_TEXT_MAX);
const short = text(2_000);
const phone = text(64);

/** Only what is in the drive can be attached. */
export const aFileUuid = chosen(text(64, { blank: false }), (uuid, account) => fileExists(account, uuid));

/** A user id, or any name. */
const aCaller: Rule<number | string> = (value, place) =>
  typeof value === 'number' ? anInt(value, place) : text(255)(value, place);
const aCoordinate: Rule<number | string> = (value, place) =>
  typeof value === 'number' ? aNumber(value, place) : text(32)(value, place);

const callParams = shape(
  {
    uniq: short,
    duration: anInt,
    source: short,
    link: nullable(short),
    phone,
    call_responsible: aCaller,
    call_result: noteText,
    call_status: anInt,
  },
  ['duration', 'phone'],
);
const serviceParams = shape({ service: short, text: noteText }, ['service', 'text']);
const smsParams = shape({ text: nullable(noteText), phone }, ['phone']);

/** Note types that the API can create, with the rule of their `params`. */
export const CREATABLE_NOTES: Readonly<Record<string, Rule<Readonly<Record<string, unknown>>>>> = {
  common: shape({ text: noteText }, ['text']),
  call_in: callParams,
  call_out: callParams,
  service_message: serviceParams,
  extended_service_message: serviceParams,
  message_cashier: shape({ status: oneOf(['created', 'shown', 'canceled']), text: noteText }, ['status', 'text']),
  geolocation: shape({ text: noteText, address: short, longitude: aCoordinate, latitude: aCoordinate }, [
    'text',
    'longitude',
    'latitude',
  ]),
  sms_in: smsParams,
  sms_out: smsParams,
  attachment: refined(
    shape({ file_uuid: aFileUuid, version_uuid: nullable(text(64)), file_name: short, text: noteText }, ['file_uuid']),
    (params, place) => {
      const name = place.account.tables.get('files', params.file_uuid)?.name;
      // amoCRM adds these to what was sent
      return { file_name: name, ...params, original_name: name, is_drive_attachment: true };
    },
  ),
};

/** Types that can be read only (mail, chats, system notes) are not a valid choice. */
export const aCreatableType: Rule<string> = chosen(text(64), (type) => Object.hasOwn(CREATABLE_NOTES, type));

/** amoCRM's numbers of the note types, used in webhooks. */
export const NOTE_NUMBERS: Readonly<Record<string, number>> = {
  common: 4,
  attachment: 5,
  call_in: 10,
  call_out: 11,
  geolocation: 24,
  service_message: 25,
  extended_service_message: 26,
  message_cashier: 27,
  sms_in: 102,
  sms_out: 103,
  amomail_message: 15,
};
