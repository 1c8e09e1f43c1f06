import type { CopyField } from '../copy-directory.js';
import type { FieldValue } from '../source-deal.js';
import { unixSecondsOf } from '../zoned-time.js';
import { fieldKindOf } from './field-kinds.js';

/** Values for a field, none when the given text came out empty; or a sentence for developers on why they cannot be made. */
export type SetField = { readonly values: readonly FieldValue[] } | { readonly fault: string };

export interface SetContext {
  /** Fills the variables of a text. */
  readonly fill: (text: string) => string;
  /** The account's, IANA name: local dates are read in it. */
  readonly timeZone: string;
}

// Seconds of the years 1900 to 2200: what a person means by a date, and milliseconds given by mistake fall outside.
const DATE_MIN = -2_208_988_800;
const DATE_MAX = 7_258_118_400;

const fault = (text: string): SetField => ({ fault: text });
const one = (value: unknown): SetField => ({ values: [{ value }] });

const textOf = (value: unknown, { fill }: SetContext): string | undefined => {
  if (typeof value === 'string') return fill(value).trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
};

const setText = (value: unknown, context: SetContext): SetField => {
  const text = textOf(value, context);
  if (text === undefined) return fault('A text is needed');
  return text === '' ? { values: [] } : one(text);
};

const NUMBER = /^[+-]?\d{1,20}(\.\d{1,10})?$/;

const setNumber = (value: unknown, context: SetContext): SetField => {
  const text = textOf(value, context)?.replace(/\s/g, '').replace(',', '.');
  if (text === '') return { values: [] };
  return text !== undefined && NUMBER.test(text) ? one(text.replace('+', '')) : fault('A number is needed');
};

const setDate = (value: unknown, context: SetContext): SetField => {
  const text = typeof value === 'string' ? context.fill(value).trim() : undefined;
  if (text === '') return { values: [] };
  const seconds =
    text === undefined ? value : /^-?\d{1,12}$/.test(text) ? Number(text) : unixSecondsOf(text, context.timeZone);
  const isDate =
    typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= DATE_MIN && seconds < DATE_MAX;
  return isDate ? one(seconds) : fault('A Unix second, an ISO 8601 date or DD.MM.YYYY is needed');
};

const setChoices = (value: unknown, field: CopyField, max: number): SetField => {
  const ids: readonly unknown[] = Array.isArray(value) ? [...new Set<unknown>(value)] : [value];
  if (ids.length === 0 || ids.length > max)
    return fault(max === 1 ? 'One choice is needed' : 'At least one choice is needed');
  const values: FieldValue[] = [];
  for (const id of ids) {
    const found = field.choices.find((candidate) => candidate.id === id);
    if (!found) return fault('The field has no such choice');
    values.push({ enum_id: found.id });
  }
  return { values };
};

const isValue = (value: unknown): value is FieldValue =>
  typeof value === 'object' &&
  value !== null &&
  ('value' in value || 'enum_id' in value || 'catalog_element_id' in value);

/** Sent as it stands: a list of amoCRM values, one of them, or what goes into one. */
const setAsGiven = (value: unknown): SetField => {
  if (value === null || value === undefined || value === '') return fault('A value is needed');
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.length > 0 && list.every(isValue) ? { values: list } : fault('A list of values is needed');
  }
  return isValue(value) ? { values: [value] } : one(value);
};

/**
 * Make the values of a field from the `value` of a `set` rule, see `FieldRule.value`.
 *
 * @param field  from the account's directory; a computed one gives a fault
 */
export const setField = (value: unknown, field: CopyField, context: SetContext): SetField => {
  if (field.isComputed) return fault('amoCRM computes the field itself');
  switch (fieldKindOf(field.type)) {
    case 'text':
    case 'multitext':
      return typeof value === 'object' ? setAsGiven(value) : setText(value, context);
    case 'number':
      return setNumber(value, context);
    case 'checkbox':
      return typeof value === 'boolean' ? one(value) : fault('True or false is needed');
    case 'date':
      return setDate(value, context);
    case 'choice':
      return setChoices(value, field, 1);
    case 'choices':
      return setChoices(value, field, Number.MAX_SAFE_INTEGER);
    case 'address':
    case 'object':
    case 'catalog':
    case 'unknown':
      return setAsGiven(value);
  }
};
