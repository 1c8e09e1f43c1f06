import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DealDraft } from './copy-plan.js';
import { repairDraft, type RepairedDraft } from './repair-draft.js';
import { MARKER_FIELD_ID, aDirectory } from './spec-samples.js';

const draft: DealDraft = {
  name: 'Кухня',
  price: 10.5,
  pipelineId: 10,
  stageId: 12,
  responsibleUserId: 501,
  fields: [
    { fieldId: 1, values: [{ value: 'a' }] },
    { fieldId: 7, values: [{ enum_id: 71 }, { enum_id: 72 }] },
    { fieldId: 77, values: [{ value: 'x' }] },
    { fieldId: MARKER_FIELD_ID, values: [{ value: 'marker' }] },
  ],
  tags: ['vip', 'b2b'],
  contacts: [
    { id: 71, isMain: true },
    { id: 72, isMain: false },
  ],
  companyId: 70,
};

const repair = (...paths: readonly string[]): RepairedDraft | null =>
  repairDraft(
    draft,
    paths.map((path) => ({ code: 'NotSupportedChoice', path })),
    aDirectory(),
  );

/** How many parts a draft has that could come off. */
const weight = ({ fields, tags, contacts, companyId, responsibleUserId, price }: DealDraft): number =>
  fields.flatMap(({ values }) => values).length +
  tags.length +
  contacts.length +
  [companyId !== null, responsibleUserId !== null, !Number.isInteger(price)].filter(Boolean).length;

const onlyMarker = draft.fields.filter(({ fieldId }) => fieldId === MARKER_FIELD_ID);

describe('repairDraft', () => {
  it.each<[string, Partial<DealDraft>, string, Readonly<Record<string, unknown>>]>([
    ['custom_fields_values.0.values.0.value', { fields: draft.fields.slice(1) }, 'refused_field', { field: 'Адрес' }],
    ['custom_fields_values.2.field_id', { fields: draft.fields.toSpliced(2, 1) }, 'refused_field', { field: '#77' }],
    ['custom_fields_values.1.values', { fields: draft.fields.toSpliced(1, 1) }, 'refused_field', { field: 'Метки' }],
    ['custom_fields_values.1', { fields: draft.fields.toSpliced(1, 1) }, 'refused_field', { field: 'Метки' }],
    [
      'custom_fields_values.1.values.0.enum_id',
      { fields: draft.fields.toSpliced(1, 1, { fieldId: 7, values: [{ enum_id: 72 }] }) },
      'refused_field_value',
      { field: 'Метки' },
    ],
    ['responsible_user_id', { responsibleUserId: null }, 'refused_responsible', { user: 'Анна' }],
    ['_embedded.companies.0.id', { companyId: null }, 'refused_company', { company: 70 }],
    ['_embedded.contacts.1.id', { contacts: [{ id: 71, isMain: true }] }, 'refused_contact', { contact: 72 }],
    ['_embedded.contacts.0.id', { contacts: [{ id: 72, isMain: true }] }, 'refused_contact', { contact: 71 }],
    ['tags_to_add.1.name', { tags: ['vip'] }, 'refused_tag', { tag: 'b2b' }],
    ['_embedded.tags.0.name', { tags: ['b2b'] }, 'refused_tag', { tag: 'vip' }],
    ['price', { price: 11 }, 'price_rounded', { before: 10.5, after: 11 }],
  ])('%s', (path, over, code, params) => {
    expect(repair(path)).toEqual({ draft: { ...draft, ...over }, remarks: [{ code: `deals.remark.${code}`, params }] });
  });

  it('takes off everything at once: indexes are those of what was sent', () => {
    const result = repair(
      'custom_fields_values.0.values.0.value',
      'custom_fields_values.1.values.0.enum_id',
      'custom_fields_values.1.values.1.enum_id',
      'custom_fields_values.2.field_id',
      'tags_to_add.0.name',
      'tags_to_add.1.name',
      'responsible_user_id',
    );
    expect(result?.draft).toEqual({ ...draft, fields: onlyMarker, tags: [], responsibleUserId: null });
    expect(result?.remarks.map(({ code }) => code)).toEqual([
      'deals.remark.refused_field',
      'deals.remark.refused_field',
      'deals.remark.refused_field',
      'deals.remark.refused_responsible',
      'deals.remark.refused_tag',
      'deals.remark.refused_tag',
    ]);
  });

  it('takes off a whole list when amoCRM names no entry', () => {
    expect(repair('tags_to_add')?.draft.tags).toEqual([]);
    expect(repair('_embedded.contacts')?.draft.contacts).toEqual([]);
  });

  it.each([
    'name',
    'pipeline_id',
    'status_id',
    'custom_fields_values.3.values.0.value',
    'custom_fields_values.3.field_id',
    'custom_fields_values.9.field_id',
    'custom_fields_values',
    'tags_to_add.7.name',
    '_embedded.contacts.x.id',
    '_embedded.source',
    '',
    'request_id',
  ])('cannot repair %j', (path) => {
    expect(repair(path)).toBeNull();
    expect(repair('responsible_user_id', path)).toBeNull();
  });

  it('cannot repair what is not there, nor a whole price, nor nothing', () => {
    const bare: DealDraft = { ...draft, price: 10, responsibleUserId: null, companyId: null, tags: [], contacts: [] };
    for (const path of [
      'responsible_user_id',
      '_embedded.companies.0.id',
      'tags_to_add',
      '_embedded.contacts',
      'price',
    ]) {
      expect(repairDraft(bare, [{ code: 'NotSupportedChoice', path }], aDirectory())).toBeNull();
    }
    expect(repair()).toBeNull();
  });

  it('always takes something off, always says so, and always keeps the marker: repairs end', () => {
    const path = fc.tuple(
      fc.constantFrom(
        'custom_fields_values',
        'tags_to_add',
        '_embedded.contacts',
        '_embedded.companies',
        'responsible_user_id',
        'price',
      ),
      fc.constantFrom('', '.0', '.1', '.2', '.1.values.1', '.3'),
    );
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 6 }), (paths) => {
        const result = repair(...paths.map(([head, rest]) => head + rest));
        fc.pre(result !== null);
        expect(weight(result.draft)).toBeLessThan(weight(draft));
        expect(result.remarks.length).toBeGreaterThan(0);
        expect(result.draft.fields).toEqual(expect.arrayContaining([...onlyMarker]));
        expect(result.draft.contacts.filter(({ isMain }) => isMain)).toHaveLength(
          Math.min(1, result.draft.contacts.length),
        );
      }),
      { numRuns: 200 },
    );
  });
});
