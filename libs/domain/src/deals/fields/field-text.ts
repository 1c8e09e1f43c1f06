import type { FieldValue, FilledField } from '../source-deal.js';
import { formatDay, formatTime, wallTime } from '../zoned-time.js';
import { fieldKindOf } from './field-kinds.js';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member by which people know an object value: a company's name, a file's name, a line's description. */
const NAMES = ['name', 'file_name', 'description', 'address'] as const;

const objectText = (value: Readonly<Record<string, unknown>>): string => {
  for (const key of NAMES) {
    const name = value[key];
    if (typeof name === 'string' && name !== '') return name;
  }
  return '';
};

const dateText = (value: unknown, type: string, timeZone: string): string => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return typeof value === 'string' ? value : '';
  const wall = wallTime(new Date(value * 1000), timeZone);
  return type === 'date_time' ? `${formatDay(wall)} ${formatTime(wall)}` : formatDay(wall);
};

const valueText = ({ value }: FieldValue, type: string, timeZone: string): string => {
  if (fieldKindOf(type) === 'date') return dateText(value, type, timeZone);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  return isObject(value) ? objectText(value) : '';
};

/**
 * A field's values as a person would read them, several joined by commas; dates in the account's time zone.
 *
 * @returns empty for values without a text of their own
 */
export const fieldText = ({ type, values }: Pick<FilledField, 'type' | 'values'>, timeZone: string): string =>
  values
    .map((value) => valueText(value, type, timeZone).trim())
    .filter((text) => text !== '')
    .join(', ');
