import type { Settings } from '../settings.js';
import { TIMEZONE_OFFSET, type AccountState } from '../state/account.js';
import type { FieldOwner, FieldRow, FieldValue, FieldValues } from '../state/rows.js';
import { FIELD_TYPES } from './field-types.js';
import { anInt, listOf, nullable, shape, text, type Place, type Rule } from './rules.js';

/** Parsed writes by field id; null clears the field. */
export type FieldChanges = ReadonlyMap<number, readonly FieldValue[] | null>;

const anEntry = shape({ field_id: anInt, field_code: nullable(text(255)), values: (value: unknown) => value }, [
  'values',
]);

/**
 * The rule for `custom_fields_values` of one owner. A field is named by id or by code; an unknown
 * one, a computed one or one of another owner is refused together with the whole item.
 */
export function customFields(ownerOf: FieldOwner | ((account: AccountState) => FieldOwner)): Rule<FieldChanges> {
  const list = nullable(
    listOf<readonly [number, readonly FieldValue[] | null]>(
      (value, place) => {
        const owner = typeof ownerOf === 'function' ? ownerOf(place.account) : ownerOf;
        const entry = anEntry(value, place);
        const field = findField(entry, owner, place);
        return [field.id, parseValues(entry.values, place.at('values'), field)];
      },
      { max: 500 },
    ),
  );
  return (value, place) => new Map(list(value, place) ?? []);
}

function findField(
  entry: { field_id?: number; field_code?: string | null },
  owner: FieldOwner,
  place: Place,
): FieldRow {
  const { field_id: id, field_code: code } = entry;
  if (id === undefined && !code) return place.at('field_id').fail('FieldMissing');
  const field =
    id !== undefined ? place.account.tables.get('fields', id) : place.account.fieldByCode(owner, code ?? '');
  const at = place.at(id !== undefined ? 'field_id' : 'field_code');
  if (!field || field.owner !== owner) return at.fail('NotSupportedChoice');
  if (id !== undefined && code && field.code !== code) return place.at('field_code').fail('NotSupportedChoice');
  if (field.is_computed) return at.fail('FieldNotExpected');
  return field;
}

function parseValues(values: unknown, place: Place, field: FieldRow): readonly FieldValue[] | null {
  const type = FIELD_TYPES[field.type];
  if (!type) throw new Error(`field ${field.id} has the unknown type ${field.type}`);
  if (values === null) return null;
  if (Array.isArray(values) && values.length === 0)
    return place.settings.emptyValues === 'clears' ? null : place.fail('NotBlank');
  return listOf((value, inside) => type.parse(value, inside, field), { max: type.max })(values, place);
}

/** Values after applying the changes; cleared fields disappear. */
export function applyFieldChanges(current: FieldValues, changes: FieldChanges | undefined): FieldValues {
  if (!changes || changes.size === 0) return current;
  const next: Record<string, readonly FieldValue[]> = { ...current };
  for (const [id, values] of changes) {
    if (values === null) delete next[id];
    else next[id] = values;
  }
  return next;
}

/** Whose values are read, and how they are to be shown. */
interface ReadContext {
  readonly account: AccountState;
  readonly settings: Readonly<Settings>;
}

function shownValue(field: FieldRow, value: FieldValue, settings: Readonly<Settings>): FieldValue {
  if (field.type === 'multitext' && settings.multitextCode === 'enum') {
    const { enum_code: code, ...rest } = value;
    return { ...rest, enum: code };
  }
  const isDay = field.type === 'date' || field.type === 'birthday';
  // stored as a midnight of the account's time zone
  return isDay && settings.dateMidnight === 'utc'
    ? { ...value, value: Number(value['value']) + TIMEZONE_OFFSET }
    : value;
}

/** `custom_fields_values` as it is read: null when nothing is filled. */
export function fieldsModel({ account, settings }: ReadContext, fields: FieldValues): object[] | null {
  const models: object[] = [];
  for (const [id, values] of Object.entries(fields)) {
    const field = account.tables.get('fields', Number(id));
    if (!field || values.length === 0) continue;
    models.push({
      field_id: field.id,
      field_name: field.name,
      field_code: field.code,
      field_type: field.type,
      values: values.map((value) => shownValue(field, value, settings)),
    });
  }
  return models.length === 0 ? null : models;
}
