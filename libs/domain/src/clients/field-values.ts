import { AppError, type FieldIssue } from '../shared/app-error.js';
import { sharedErrors } from '../shared/shared.errors.js';
import type { ClientKind } from './client.js';
import { appliesTo, type ClientField } from './client-field.js';
import { type FieldValue, parseValue, type ValueReaders, valueKeys } from './field-value.js';

/** A client's custom fields by code. */
export type FieldValues = Readonly<Record<string, FieldValue>>;
/** What is to be set; null clears. */
export type FieldInputs = Readonly<Record<string, unknown>>;

const issue = (field: string, code: string): FieldIssue => ({
  path: `fields.${field}`,
  code,
  message: `the value of the field ${field} is refused: ${code}`,
});

/**
 * Inputs without those that say what is there already: whoever sends back what was read changes nothing by it, also where the
 * value would not be taken anew.
 */
export const changedInputs = (had: FieldValues, inputs: FieldInputs): FieldInputs =>
  Object.fromEntries(
    Object.entries(inputs).filter(([code, input]) => JSON.stringify(input) !== JSON.stringify(had[code])),
  );

/**
 * The fields of a client after `inputs` are set on what it `had`; what is left out stays.
 * @throws AppError `shared.validation_failed` with an issue for each fault
 */
export const mergeValues = (
  fields: readonly ClientField[],
  kind: ClientKind,
  had: FieldValues,
  inputs: FieldInputs,
  read: ValueReaders,
  isNew: boolean,
): FieldValues => {
  const byCode = new Map(fields.map((field) => [field.code, field]));
  const issues: FieldIssue[] = [];
  const values = new Map(Object.entries(had));
  for (const [code, input] of Object.entries(inputs)) {
    // What nobody may set any more can still be cleared.
    if (input === null && values.delete(code)) continue;
    const field = byCode.get(code);
    if (!field || field.archived || !appliesTo(field, kind)) {
      issues.push(issue(code, 'unknown_field'));
      continue;
    }
    if (input === null) continue;
    const parsed = parseValue(field, input, values.get(code), read);
    if (parsed.ok) values.set(code, parsed.value);
    else issues.push(issue(code, parsed.code));
  }
  const missing = fields.filter(
    (field) => field.required && !field.archived && appliesTo(field, kind) && !values.has(field.code),
  );
  // A client from before a field was required may be changed otherwise.
  const asked = missing.filter(({ code }) => isNew || code in inputs);
  issues.push(...asked.map(({ code }) => issue(code, 'required')));
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
  return Object.fromEntries(values);
};

/** What no other client may have: field and value, of the unique ones. */
export const uniqueValues = (
  fields: readonly ClientField[],
  values: FieldValues,
): readonly { readonly code: string; readonly value: string }[] =>
  fields
    .filter(({ unique }) => unique)
    .flatMap(({ code, type }) => {
      const value = values[code];
      return value === undefined ? [] : valueKeys(type, value).map((key) => ({ code, value: key }));
    });
