import type { CopyField } from '../copy-directory.js';
import type { CopyRemark } from '../copy-plan.js';
import { remark } from '../remarks.js';
import type { FieldValue, FilledField } from '../source-deal.js';
import { CHAINED_LIST_MAX, WRITABLE_MEMBERS, fieldKindOf } from './field-kinds.js';

/** A field's values ready to be written, with what had to be left out of them. */
export interface KeptField {
  readonly values: readonly FieldValue[];
  readonly remarks: readonly CopyRemark[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPresent = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Either spelling: older answers of amoCRM call the id `enum` (amoCRM API: custom fields). */
const enumIdOf = ({ enum_id: id, enum: old }: FieldValue): number | undefined => {
  const given = id ?? old;
  return typeof given === 'number' && Number.isSafeInteger(given) ? given : undefined;
};

const enumCodeOf = ({ enum_code: code, enum: old }: FieldValue): string | undefined => {
  const given = code ?? old;
  return typeof given === 'string' && given !== '' ? given : undefined;
};

const scalar = ({ value }: FieldValue): FieldValue | undefined =>
  isPresent(value) && !isObject(value) && !Array.isArray(value) ? { value } : undefined;

/** The enum id alone: a text beside it that was renamed since makes amoCRM refuse the deal. */
const choice = (given: FieldValue, field: CopyField): FieldValue | undefined => {
  const id = enumIdOf(given);
  const found = field.choices.find((candidate) =>
    id === undefined ? candidate.value === given['value'] : candidate.id === id,
  );
  return found ? { enum_id: found.id } : undefined;
};

const withEnum = (given: FieldValue, field: CopyField): FieldValue | undefined => {
  const value = scalar(given);
  if (!value) return undefined;
  const id = enumIdOf(given);
  if (id !== undefined) {
    const isKnown = field.choices.length === 0 || field.choices.some((candidate) => candidate.id === id);
    return isKnown ? { ...value, enum_id: id } : value;
  }
  const code = enumCodeOf(given);
  return code === undefined ? value : { ...value, enum_code: code };
};

const withoutBlanks = (
  object: Readonly<Record<string, unknown>>,
  members?: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(object).filter(
      // A linked contact has no catalogue, and amoCRM documents null for it.
      ([key, value]) =>
        (!members || members.includes(key)) && (isPresent(value) || (key === 'catalog_id' && value === null)),
    ),
  );

const objectValue = ({ value }: FieldValue, type: string): FieldValue | undefined => {
  if (!isObject(value)) return undefined;
  const kept = withoutBlanks(value, WRITABLE_MEMBERS.get(type));
  return Object.values(kept).some(isPresent) ? { value: kept } : undefined;
};

const catalogEntry = ({ catalog_id: catalogId, catalog_element_id: elementId }: FieldValue): FieldValue | undefined =>
  Number.isSafeInteger(catalogId) && Number.isSafeInteger(elementId)
    ? { catalog_id: catalogId, catalog_element_id: elementId }
    : undefined;

/** A type added by amoCRM after this was written: its value and enum id, without what reading is known to add. */
const unknownValue = (given: FieldValue): FieldValue | undefined => {
  const id = enumIdOf(given);
  const value = isPresent(given['value']) ? { value: given['value'] } : undefined;
  return id === undefined ? value : { ...value, enum_id: id };
};

const writable = (given: FieldValue, field: CopyField): FieldValue | undefined => {
  switch (fieldKindOf(field.type)) {
    case 'text':
    case 'number':
    case 'checkbox':
    case 'date':
      return scalar(given);
    case 'choice':
    case 'choices':
      return choice(given, field);
    case 'multitext':
    case 'address':
      return withEnum(given, field.type === 'smart_address' ? { ...field, choices: [] } : field);
    case 'object':
      return objectValue(given, field.type);
    case 'catalog':
      return catalogEntry(given);
    case 'unknown':
      return unknownValue(given);
  }
};

const lostRemark = (given: FieldValue, field: CopyField): CopyRemark => {
  const kind = fieldKindOf(field.type);
  if (kind !== 'choice' && kind !== 'choices')
    return remark('deals.remark.field_value_unreadable', { field: field.name });
  const text =
    typeof given['value'] === 'string' && given['value'] !== '' ? given['value'] : `#${enumIdOf(given) ?? '?'}`;
  return remark('deals.remark.choice_gone', { field: field.name, choice: text });
};

/**
 * Turn the values of a field as amoCRM reads them into values that it takes back (amoCRM API: custom fields,
 * round-trip rule): choices by id only, objects without their computed members, dates and numbers as they are,
 * empty texts dropped. Computed fields and fields that are gone give no values and say why.
 *
 * @param field  the field in the account's directory; undefined when it is no longer there
 */
export const keepField = (filled: FilledField, field: CopyField | undefined): KeptField => {
  if (!field) return { values: [], remarks: [remark('deals.remark.field_gone', { field: filled.name })] };
  if (field.isComputed || filled.isComputed) {
    return { values: [], remarks: [remark('deals.remark.field_computed', { field: field.name })] };
  }
  const values: FieldValue[] = [];
  const remarks: CopyRemark[] = [];
  for (const given of filled.values) {
    const value = writable(given, field);
    if (value) values.push(value);
    else if (Object.values(given).some(isPresent)) remarks.push(lostRemark(given, field));
  }
  if (fieldKindOf(field.type) !== 'catalog' || values.length <= CHAINED_LIST_MAX) return { values, remarks };
  return {
    values: values.slice(0, CHAINED_LIST_MAX),
    remarks: [...remarks, remark('deals.remark.over_limit', { limit: CHAINED_LIST_MAX })],
  };
};
