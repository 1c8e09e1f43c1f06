import { aFileUuid } from './note-types.js';
import { TIMEZONE_OFFSET } from '../state/account.js';
import type { EnumRow, FieldRow, FieldValue } from '../state/rows.js';
import { aBool, aTime, anInt, anObject, chosen, nullable, oneOf, shape, text, type Place, type Rule } from './rules.js';

/** What a custom-field type takes and where it may exist. */
export interface FieldType {
  /** Owners of such fields; `catalogs` stands for every catalog. */
  readonly owners: readonly string[];
  /** Most values that one field holds. */
  readonly max: number;
  readonly hasEnums?: true;
  readonly parse: (value: unknown, place: Place, field: FieldRow) => FieldValue;
}

const CARDS = ['leads', 'contacts', 'companies'] as const;
const EVERYWHERE = [...CARDS, 'customers', 'catalogs'] as const;
const DAY = 86_400;
const TEXT_MAX = 256;
const TEXTAREA_MAX = 65_000;

/** Codes of the parts of a smart address; their enum ids are 1…6 in every account. */
const ADDRESS_PARTS = ['address_line_1', 'address_line_2', 'city', 'state', 'zip', 'country'] as const;

const plain = (rule: Rule<unknown>): FieldType['parse'] => {
  const whole = shape({ value: rule }, ['value']);
  return (value, place) => ({ value: whole(value, place).value });
};

/** amoCRM takes numbers and numeric strings and always shows strings. */
const aNumberText: Rule<string> = (value, place) => {
  if (value === '') return place.fail('NotBlank');
  const given = typeof value === 'number' ? String(value) : value;
  if (typeof given !== 'string' || !/^-?\d+(\.\d+)?$/.test(given)) {
    return place.fail('InvalidType', 'This value should be of type numeric.');
  }
  return given;
};

const aUrl: Rule<string> = text(2_000, { blank: false });

/** Unix seconds or an RFC 3339 string; stored as seconds. */
const aMoment: Rule<number> = (value, place) => {
  if (typeof value !== 'string') return aTime(value, place);
  const parsed = Date.parse(value);
  return Number.isNaN(parsed)
    ? place.fail('InvalidType', 'This value should be of type timestamp.')
    : Math.floor(parsed / 1000);
};

/** A calendar day comes back as a midnight in the account's time zone. */
const aDay: Rule<number> = (value, place) => {
  const moment = aMoment(value, place) + TIMEZONE_OFFSET;
  return moment - (moment % DAY) - TIMEZONE_OFFSET;
};

const anEnumInput = shape({ value: text(TEXTAREA_MAX), enum_id: anInt, enum_code: nullable(text(255)) });

/** Find the enum that the input names, or refuse the key that names none. */
function findEnum(
  input: { value?: string; enum_id?: number; enum_code?: string | null },
  place: Place,
  enums: readonly EnumRow[],
): EnumRow {
  const find = (key: 'enum_id' | 'value' | 'enum_code', matches: (item: EnumRow) => boolean): EnumRow =>
    enums.find(matches) ?? place.at(key).fail('NotSupportedChoice');
  // amoCRM: enum_code beside enum_id, as it is read, is refused on writing
  if (input.enum_id !== undefined && input.enum_code !== undefined)
    return place.at('enum_code').fail('FieldNotExpected');
  if (input.value !== undefined) find('value', (item) => item.value === input.value);
  if (input.enum_id !== undefined) return find('enum_id', (item) => item.id === input.enum_id);
  if (typeof input.enum_code === 'string') return find('enum_code', (item) => item.code === input.enum_code);
  if (input.value !== undefined) return find('value', (item) => item.value === input.value);
  return place.at('value').fail('FieldMissing');
}

const choice: FieldType['parse'] = (value, place, field) => {
  const item = findEnum(anEnumInput(value, place), place, field.enums ?? []);
  return { value: item.value, enum_id: item.id, enum_code: item.code };
};

const category: FieldType['parse'] = (value, place, field) => {
  const item = findEnum(shape({ value: text(TEXT_MAX), enum_id: anInt })(value, place), place, field.enums ?? []);
  return { value: item.value, enum_id: item.id };
};

const aMultitext = shape({ value: text(TEXT_MAX, { blank: false }), enum_id: anInt, enum_code: text(255) }, ['value']);

const multitext: FieldType['parse'] = (value, place, field) => {
  const { value: content, enum_id: id, enum_code: code } = aMultitext(value, place);
  const enums = field.enums ?? [];
  const item = enums.find((one) => (id !== undefined ? one.id === id : one.code === (code ?? 'WORK')));
  if (!item) return place.at(id !== undefined ? 'enum_id' : 'enum_code').fail('NotSupportedChoice');
  return { value: content, enum_id: item.id, enum_code: item.code };
};

const anAddressPart = shape({ value: text(TEXT_MAX), enum_id: anInt, enum_code: oneOf(ADDRESS_PARTS) }, ['value']);

const smartAddress: FieldType['parse'] = (value, place) => {
  const { value: content, enum_id: id, enum_code: code } = anAddressPart(value, place);
  const index = id !== undefined ? id - 1 : ADDRESS_PARTS.findIndex((part) => part === code);
  const part = ADDRESS_PARTS[index];
  if (part === undefined) return place.at('enum_id').fail('NotSupportedChoice');
  return { value: content, enum_id: index + 1, enum_code: part };
};

const requisite = nullable(text(255));
const aLegalEntity = shape(
  {
    name: text(255, { blank: false }),
    entity_type: nullable(oneOf([1, 2])),
    vat_id: requisite,
    kpp: requisite,
    tax_registration_reason_code: requisite,
    address: requisite,
    real_address: requisite,
    bank_account_number: requisite,
    director: requisite,
    bank_code: requisite,
    unp: requisite,
    bin: requisite,
    egrpou: requisite,
    mfo: requisite,
    oked: requisite,
    external_uid: requisite,
  },
  ['name'],
);

const aFile = shape(
  {
    file_uuid: aFileUuid,
    version_uuid: nullable(text(64)),
    file_name: text(255),
    file_size: nullable(anInt),
  },
  ['file_uuid'],
);

/** An element of one of the chained catalogs; archived elements cannot be chosen. */
const aChainLink = shape(
  {
    catalog_id: chosen(anInt, (id, account) => account.tables.get('catalogs', id) !== undefined),
    catalog_element_id: chosen(anInt, (id, account) => account.tables.get('elements', id)?.is_deleted === false),
  },
  ['catalog_id', 'catalog_element_id'],
);

const aLinkedEntity = shape({
  name: text(255),
  entity_id: anInt,
  entity_type: oneOf(['contacts', 'companies', 'catalog_elements']),
  catalog_id: nullable(anInt),
});

/**
 * The types of custom fields: where they exist, how many values they hold, how a written value
 * becomes the one that is read.
 */
export const FIELD_TYPES: Readonly<Record<string, FieldType>> = {
  text: { owners: EVERYWHERE, max: 1, parse: plain(text(TEXT_MAX)) },
  textarea: { owners: EVERYWHERE, max: 1, parse: plain(text(TEXTAREA_MAX)) },
  streetaddress: { owners: EVERYWHERE, max: 1, parse: plain(text(TEXT_MAX)) },
  url: { owners: EVERYWHERE, max: 1, parse: plain(aUrl) },
  tracking_data: { owners: ['leads'], max: 1, parse: plain(text(TEXT_MAX, { blank: false })) },
  numeric: { owners: EVERYWHERE, max: 1, parse: plain(aNumberText) },
  monetary: { owners: [...CARDS, 'customers'], max: 1, parse: plain(aNumberText) },
  price: { owners: ['catalogs'], max: 1, parse: plain(aNumberText) },
  checkbox: { owners: EVERYWHERE, max: 1, parse: plain(aBool) },
  select: { owners: EVERYWHERE, max: 1, hasEnums: true, parse: choice },
  radiobutton: { owners: EVERYWHERE, max: 1, hasEnums: true, parse: choice },
  multiselect: { owners: EVERYWHERE, max: 100, hasEnums: true, parse: choice },
  category: { owners: ['catalogs'], max: 1, hasEnums: true, parse: category },
  multitext: { owners: ['contacts', 'companies'], max: 20, hasEnums: true, parse: multitext },
  date: { owners: EVERYWHERE, max: 1, parse: plain(aDay) },
  date_time: { owners: EVERYWHERE, max: 1, parse: plain(aMoment) },
  birthday: { owners: CARDS, max: 1, parse: plain(aDay) },
  smart_address: { owners: CARDS, max: ADDRESS_PARTS.length, parse: smartAddress },
  legal_entity: { owners: CARDS, max: 10, parse: plain(aLegalEntity) },
  chained_list: { owners: ['leads', 'customers'], max: 5, parse: (value, place) => aChainLink(value, place) },
  file: { owners: EVERYWHERE, max: 1, parse: plain(aFile) },
  linked_entity: { owners: ['catalogs'], max: 1, parse: plain(aLinkedEntity) },
  items: { owners: ['catalogs'], max: 100, parse: plain(anObject) },
  payer: { owners: ['catalogs'], max: 1, parse: plain(anObject) },
  supplier: { owners: ['catalogs'], max: 1, parse: plain(anObject) },
};
