/**
 * How the values of a field type travel (amoCRM API: custom fields, values by type):
 * `text`, `number`, `checkbox`, `date` carry a scalar `value`; `choice` and `choices` an `enum_id`; `multitext` and
 * `address` both; `object` an object as `value`; `catalog` entries without `value`; `unknown` is a type that amoCRM has
 * added since.
 */
export type FieldKind =
  | 'text'
  | 'number'
  | 'checkbox'
  | 'date'
  | 'choice'
  | 'choices'
  | 'multitext'
  | 'address'
  | 'object'
  | 'catalog'
  | 'unknown';

const KINDS: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>([
  ['text', 'text'],
  ['textarea', 'text'],
  ['streetaddress', 'text'],
  ['url', 'text'],
  ['tracking_data', 'text'],
  ['price', 'text'],
  ['numeric', 'number'],
  ['monetary', 'number'],
  ['checkbox', 'checkbox'],
  ['date', 'date'],
  ['date_time', 'date'],
  ['birthday', 'date'],
  ['select', 'choice'],
  ['radiobutton', 'choice'],
  ['category', 'choice'],
  ['multiselect', 'choices'],
  ['multitext', 'multitext'],
  ['smart_address', 'address'],
  ['legal_entity', 'object'],
  ['items', 'object'],
  ['linked_entity', 'object'],
  ['file', 'object'],
  ['payer', 'object'],
  ['supplier', 'object'],
  ['chained_list', 'catalog'],
]);

/** The kind of an amoCRM field type. */
export const fieldKindOf = (type: string): FieldKind => KINDS.get(type) ?? 'unknown';

/** Members of object values that amoCRM takes; what it adds on reading (totals, recalculation marks) is refused on writing. */
export const WRITABLE_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [
    'legal_entity',
    [
      'name',
      'entity_type',
      'vat_id',
      'kpp',
      'tax_registration_reason_code',
      'address',
      'real_address',
      'bank_account_number',
      'director',
      'bank_code',
      'unp',
      'bin',
      'egrpou',
      'mfo',
      'oked',
      'external_uid',
    ],
  ],
  ['items', ['sku', 'description', 'unit_price', 'quantity', 'unit_type', 'discount', 'vat_rate_id', 'external_uid']],
  ['linked_entity', ['name', 'entity_id', 'entity_type', 'catalog_id']],
  ['file', ['file_uuid', 'version_uuid', 'file_name', 'file_size']],
  ['supplier', ['entity_id']],
]);

/** amoCRM takes at most five entries of a chained list (amoCRM API: custom fields). */
export const CHAINED_LIST_MAX = 5;
