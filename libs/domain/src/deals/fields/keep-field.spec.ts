import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CopyField } from '../copy-directory.js';
import type { FieldValue } from '../source-deal.js';
import { aField, aFilled } from '../spec-samples.js';
import { keepField } from './keep-field.js';

const keep = (
  type: string,
  values: readonly FieldValue[],
  over: Partial<CopyField> = {},
): ReturnType<typeof keepField> => keepField(aFilled({ type, values }), aField({ type, ...over }));

const choices = [
  { id: 5, value: 'Site' },
  { id: 6, value: 'Call' },
];
const uuid = '8f0e2a34-0000-4000-8000-000000000001';

describe('keepField: what amoCRM reads becomes what it takes', () => {
  it.each<[string, FieldValue, FieldValue]>([
    ['text', { value: 'a' }, { value: 'a' }],
    ['textarea', { value: 'a\nb' }, { value: 'a\nb' }],
    ['streetaddress', { value: 'st. 1' }, { value: 'st. 1' }],
    ['url', { value: 'https://e.com' }, { value: 'https://e.com' }],
    ['tracking_data', { value: 'ads' }, { value: 'ads' }],
    ['numeric', { value: '12' }, { value: '12' }],
    ['monetary', { value: '12.50' }, { value: '12.50' }],
    ['checkbox', { value: false }, { value: false }],
    ['date', { value: 1_700_006_400 }, { value: 1_700_006_400 }],
    ['date_time', { value: 0 }, { value: 0 }],
    ['birthday', { value: -86_400 }, { value: -86_400 }],
    ['smart_address', { value: 'Paris', enum_id: 3, enum_code: 'city' }, { value: 'Paris', enum_id: 3 }],
    ['smart_address', { value: 'Paris', enum_code: 'city' }, { value: 'Paris', enum_code: 'city' }],
    [
      'linked_entity',
      { value: { name: 'Ann', entity_id: 7, entity_type: 'contacts', catalog_id: null } },
      { value: { name: 'Ann', entity_id: 7, entity_type: 'contacts', catalog_id: null } },
    ],
    ['chained_list', { catalog_id: 1, catalog_element_id: 2, value: 'x' }, { catalog_id: 1, catalog_element_id: 2 }],
    [
      'file',
      { value: { file_uuid: uuid, version_uuid: uuid, file_name: 'a.pdf', file_size: 9, is_deleted: false } },
      { value: { file_uuid: uuid, version_uuid: uuid, file_name: 'a.pdf', file_size: 9 } },
    ],
    [
      'legal_entity',
      { value: { name: 'ООО', vat_id: '77', kpp: '', address: null, entity_type: 2, line: 'x' } },
      { value: { name: 'ООО', vat_id: '77', entity_type: 2 } },
    ],
    [
      'items',
      {
        value: {
          sku: '1',
          description: 'd',
          unit_price: 5,
          quantity: 2,
          discount: { type: 'amount', value: 1 },
          is_discount_recalculated: true,
          is_total_sum_recalculated: true,
          total_sum: 9,
        },
      },
      { value: { sku: '1', description: 'd', unit_price: 5, quantity: 2, discount: { type: 'amount', value: 1 } } },
    ],
    [
      'payer',
      { value: { name: 'Ann', entity_id: 7, entity_type: 'contacts', type: 'legal' } },
      { value: { name: 'Ann', entity_id: 7, entity_type: 'contacts', type: 'legal' } },
    ],
    ['price', { value: '1200' }, { value: '1200' }],
    ['supplier', { value: { entity_id: 7, name: 'read only' } }, { value: { entity_id: 7 } }],
    ['payer', { value: { name: 'Ann', address: 'st. 1' } }, { value: { name: 'Ann', address: 'st. 1' } }],
    ['something_new', { value: 'a', enum_id: 4, enum_code: 'x', enum: 'y' }, { value: 'a', enum_id: 4 }],
  ])('%s %j', (type, given, expected) => {
    expect(keep(type, [given])).toEqual({ values: [expected], remarks: [] });
  });

  it.each(['select', 'radiobutton', 'multiselect', 'category'])('sends choices of %s by id alone', (type) => {
    expect(keep(type, [{ value: 'Renamed since', enum_id: 6, enum_code: null }], { choices }).values).toEqual([
      { enum_id: 6 },
    ]);
    expect(keep(type, [{ value: 'x', enum: 5 }], { choices }).values).toEqual([{ enum_id: 5 }]);
    expect(keep(type, [{ value: 'Call' }], { choices }).values).toEqual([{ enum_id: 6 }]);
  });

  it('keeps the kind of a phone by id, by code when there is no id, and drops one that is gone', () => {
    const phones = { choices };
    expect(keep('multitext', [{ value: '+7', enum_id: 5, enum_code: 'WORK' }], phones).values).toEqual([
      { value: '+7', enum_id: 5 },
    ]);
    expect(keep('multitext', [{ value: '+7', enum: 'WORK' }], phones).values).toEqual([
      { value: '+7', enum_code: 'WORK' },
    ]);
    expect(keep('multitext', [{ value: '+7', enum_id: 99 }], phones).values).toEqual([{ value: '+7' }]);
  });
});

describe('keepField: what is left out', () => {
  it('reports deleted choices and keeps the others', () => {
    const given = [{ value: 'Gone', enum_id: 99 }, { value: 'Call', enum_id: 6 }, { enum_id: 98 }];
    expect(keep('multiselect', given, { choices })).toEqual({
      values: [{ enum_id: 6 }],
      remarks: [
        { code: 'deals.remark.choice_gone', params: { field: 'Field', choice: 'Gone' } },
        { code: 'deals.remark.choice_gone', params: { field: 'Field', choice: '#98' } },
      ],
    });
  });

  it('drops empty values without a word: there is nothing to lose', () => {
    for (const type of [
      'text',
      'numeric',
      'date',
      'multitext',
      'smart_address',
      'something_new',
      'legal_entity',
      'select',
    ]) {
      expect(keep(type, [{ value: '' }, { value: null }, {}])).toEqual({ values: [], remarks: [] });
    }
  });

  it('reports values of an unexpected shape', () => {
    const remarks = [{ code: 'deals.remark.field_value_unreadable', params: { field: 'Field' } }];
    expect(keep('text', [{ value: { a: 1 } }])).toEqual({ values: [], remarks });
    expect(keep('legal_entity', [{ value: 'ООО' }])).toEqual({ values: [], remarks });
    expect(keep('chained_list', [{ catalog_id: 'x', catalog_element_id: 2 }])).toEqual({ values: [], remarks });
  });

  it('cuts a chained list at five', () => {
    const given = Array.from({ length: 7 }, (_, index) => ({ catalog_id: 1, catalog_element_id: index }));
    const { values, remarks } = keep('chained_list', given);
    expect(values).toEqual(given.slice(0, 5));
    expect(remarks).toEqual([{ code: 'deals.remark.over_limit', params: { limit: 5 } }]);
  });

  it('leaves out computed fields, by the directory and by the answer, and fields that are gone', () => {
    const computed = { values: [], remarks: [{ code: 'deals.remark.field_computed', params: { field: 'Field' } }] };
    expect(keep('text', [{ value: 'a' }], { isComputed: true })).toEqual(computed);
    expect(keepField(aFilled({ isComputed: true }), aField())).toEqual(computed);
    expect(keepField(aFilled({ name: 'Old' }), undefined)).toEqual({
      values: [],
      remarks: [{ code: 'deals.remark.field_gone', params: { field: 'Old' } }],
    });
  });

  it('goes by the type that the field has now', () => {
    const filled = aFilled({ type: 'text', values: [{ value: 'Call' }] });
    expect(keepField(filled, aField({ type: 'select', choices })).values).toEqual([{ enum_id: 6 }]);
  });
});

it('whatever it keeps, it keeps the same way again, and never sends what amoCRM does not expect', () => {
  const type = fc.constantFrom(
    'text',
    'numeric',
    'checkbox',
    'date',
    'select',
    'multiselect',
    'multitext',
    'smart_address',
    'legal_entity',
    'file',
    'chained_list',
    'new',
  );
  const value = fc.record(
    {
      value: fc.oneof(
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.dictionary(fc.constantFrom('name', 'vat_id', 'x'), fc.string()),
      ),
      enum_id: fc.oneof(fc.constantFrom(5, 6, 7), fc.constant(null)),
      enum_code: fc.constantFrom('WORK', null),
      enum: fc.constantFrom('WORK', 5),
      catalog_id: fc.integer(),
      catalog_element_id: fc.integer(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(type, fc.array(value, { maxLength: 8 }), (kind, values) => {
      const once = keep(kind, values, { choices }).values;
      expect(keep(kind, once, { choices })).toEqual({ values: once, remarks: [] });
      for (const sent of once) {
        expect(sent).not.toHaveProperty('enum');
        expect('enum_id' in sent && 'enum_code' in sent).toBe(false);
      }
    }),
    { numRuns: 500 },
  );
});
