import type { ClientField, FieldType } from './client-field.js';
import { emailKey, textKey, tidyLine } from './client-texts.js';

/** What a client has in a field: plain JSON, as the type says. */
export type FieldValue =
  string | number | boolean | readonly string[] | { readonly amount: number; readonly currency: string };

/** A value as it is stored, or why it is refused. */
export type ParsedValue =
  { readonly ok: true; readonly value: FieldValue } | { readonly ok: false; readonly code: string };

/** What the types need from outside. */
export interface ValueReaders {
  /** A phone number in E.164, or null. */
  phone(text: string): string | null;
}

const MAX_TEXT = 2_000;
const MAX_UNIQUE_TEXT = 200;
/** So much of a text is compared by a filter. */
const MAX_COMPARED = 200;

/** NUL, or half of a character. */
const UNSTORABLE = /[\0\p{Cs}]/u;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const URL_TEXT = /^https?:\/\/[^\s/]+(\/\S*)?$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATETIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const CURRENCY = /^[A-Z]{3}$/;

type Parser = (value: unknown, field: ClientField, had: FieldValue | undefined, read: ValueReaders) => ParsedValue;

const taken = (value: FieldValue): ParsedValue => ({ ok: true, value });
const refused = (code: string): ParsedValue => ({ ok: false, code });

const text =
  (pattern: RegExp | null, tidy: (text: string) => string): Parser =>
  (value, { unique }) => {
    if (typeof value !== 'string') return refused('not_text');
    if (UNSTORABLE.test(value)) return refused('malformed');
    const tidied = tidy(value);
    if (tidied === '') return refused('empty');
    if (tidied.length > (unique ? MAX_UNIQUE_TEXT : MAX_TEXT)) return refused('too_long');
    return pattern && !pattern.test(tidied) ? refused('malformed') : taken(tidied);
  };

const isDate = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  // "2026-02-30" is read as the 2nd of March by some, and as nothing by others.
  return DATE.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

const isOpen = (field: ClientField, code: unknown, had: readonly string[]): code is string =>
  typeof code === 'string' &&
  field.choices.some((choice) => choice.code === code && (!choice.archived || had.includes(code)));

const isMoney = (value: unknown): value is { amount: number; currency: string } => {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  const { amount, currency } = value as { amount?: unknown; currency?: unknown };
  return Number.isSafeInteger(amount) && typeof currency === 'string' && CURRENCY.test(currency);
};

const listOf = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' ? [value] : [];

const PARSERS: Readonly<Record<FieldType, Parser>> = {
  text: text(null, (value) => value.normalize('NFC').trim()),
  url: text(URL_TEXT, (value) => value.trim()),
  email: text(EMAIL, (value) => value.trim()),
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? taken(value) : refused('not_a_number')),
  money: (value) => (isMoney(value) ? taken({ amount: value.amount, currency: value.currency }) : refused('not_money')),
  boolean: (value) => (typeof value === 'boolean' ? taken(value) : refused('not_boolean')),
  date: (value) => (typeof value === 'string' && isDate(value) ? taken(value) : refused('not_a_date')),
  datetime: (value) => {
    if (typeof value !== 'string' || !DATETIME.test(value) || !isDate(value.slice(0, 10))) return refused('not_a_time');
    const at = new Date(value);
    return Number.isNaN(at.getTime()) ? refused('not_a_time') : taken(at.toISOString());
  },
  choice: (value, field, had) => (isOpen(field, value, listOf(had)) ? taken(value) : refused('unknown_choice')),
  multichoice: (value, field, had) => {
    if (!Array.isArray(value) || value.length === 0) return refused('not_a_list');
    const codes = [...new Set(value as unknown[])];
    return codes.every((code) => isOpen(field, code, listOf(had)))
      ? taken(codes as string[])
      : refused('unknown_choice');
  },
  phone: (value, _field, _had, read) => {
    if (typeof value !== 'string' || UNSTORABLE.test(value)) return refused('not_text');
    const e164 = read.phone(value);
    return e164 === null ? refused('not_a_phone') : taken(e164);
  },
  member: (value) =>
    typeof value === 'string' && UUID.test(value) ? taken(value.toLowerCase()) : refused('not_a_member'),
};

/** Check a value against its field. `had` is what the client has now: an archived choice may stay, not come anew. */
export const parseValue = (
  field: ClientField,
  value: unknown,
  had: FieldValue | undefined,
  read: ValueReaders,
): ParsedValue => PARSERS[field.type](value, field, had, read);

/** What somebody types into a filter, as it is stored; what cannot be read is compared as it was typed. */
export const typedValue = (field: ClientField, typed: string, read: ValueReaders): FieldValue => {
  const text = typed.trim();
  const meant = field.type === 'number' && text !== '' ? Number(text.replace(',', '.')) : text;
  if (field.type === 'multichoice') return [text];
  if (field.type === 'boolean') return text.toLowerCase();
  const parsed = parseValue(field, meant, text, read);
  return parsed.ok ? parsed.value : typed;
};

/** How values are compared for uniqueness and by filters: one text a value, one for each choice of a list. */
export const valueKeys = (type: FieldType, value: FieldValue): readonly string[] => {
  if (typeof value === 'object') {
    return 'amount' in value ? [`${value.amount} ${value.currency}`] : [...value];
  }
  if (type === 'text') return [textKey(tidyLine(String(value))).slice(0, MAX_COMPARED)];
  if (type === 'email') return [emailKey(String(value)).slice(0, MAX_COMPARED)];
  return [String(value).slice(0, MAX_COMPARED)];
};
