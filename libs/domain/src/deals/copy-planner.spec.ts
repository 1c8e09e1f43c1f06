import { describe, expect, it } from '@jest/globals';
import { markerOf, planCopy } from './copy-planner.js';
import {
  ITEM_ID,
  MARKER_FIELD_ID,
  NOW,
  aDirectory,
  aFilled,
  aNote,
  aSource,
  aTask,
  anInput,
  dealId,
  errorOf,
  someOptions,
  userId,
} from './spec-samples.js';

const full = aSource({
  name: 'Кухня',
  stageId: 143,
  closedAt: new Date('2026-02-01T00:00:00Z'),
  lossReasonId: 9,
  fields: [
    aFilled({ fieldId: 1, name: 'Адрес', values: [{ value: 'Main st. 1' }] }),
    aFilled({ fieldId: 2, name: 'Канал', type: 'select', values: [{ value: 'Сайт', enum_id: 5, enum_code: null }] }),
    aFilled({ fieldId: MARKER_FIELD_ID, name: 'Копия', values: [{ value: `3:${ITEM_ID}` }] }),
  ],
  tags: ['vip'],
  contacts: [
    { id: 71, isMain: false },
    { id: 72, isMain: true },
  ],
  companyId: 70,
  products: [
    { catalogId: 1, elementId: 81, quantity: 2, priceId: 5 },
    { catalogId: 1, elementId: 82, quantity: 1, priceId: null },
  ],
});
const products = [
  { catalogId: 1, elementId: 81, name: 'Стол', isArchived: false },
  { catalogId: 1, elementId: 82, name: 'Стул', isArchived: true },
];

describe('planCopy with the defaults', () => {
  const plan = planCopy(anInput({ source: full, products, tasks: [aTask()], notes: [aNote()] }));

  it('plans the deal, the marker last', () => {
    expect(plan.deal).toEqual({
      name: 'Кухня',
      price: 120_000,
      pipelineId: 10,
      stageId: 12,
      responsibleUserId: 501,
      fields: [
        { fieldId: 1, values: [{ value: 'Main st. 1' }] },
        { fieldId: 2, values: [{ enum_id: 5 }] },
        { fieldId: MARKER_FIELD_ID, values: [{ value: `7:${ITEM_ID}` }] },
      ],
      tags: ['vip'],
      contacts: [
        { id: 72, isMain: true },
        { id: 71, isMain: false },
      ],
      companyId: 70,
    });
  });

  it('plans products, tasks and notes', () => {
    expect(plan.products).toEqual([{ catalogId: 1, elementId: 81, quantity: 2, priceId: 5 }]);
    expect(plan.tasks).toEqual([
      {
        text: 'Позвонить',
        typeId: 1,
        responsibleUserId: 501,
        deadline: new Date(NOW.getTime() + 86_400_000),
        durationSeconds: 0,
      },
    ]);
    expect(plan.notes).toEqual([
      { type: 'common', params: { text: 'Договорились' }, createdAt: new Date('2026-11-01T00:00:00Z'), createdBy: 501 },
    ]);
  });

  it('says what happens to every part, and why', () => {
    const lines = plan.differences.map(({ part, label, effect, reason }) =>
      [part, label, effect, reason?.code.split('.')[2] ?? ''].join(' | '),
    );
    expect(lines).toEqual([
      'name | deals.part.name | kept | ',
      'pipeline | deals.part.pipeline | kept | ',
      'stage | deals.part.stage | changed | ',
      'closedAt | deals.part.closedAt | cleared | starts_anew',
      'lossReason | deals.part.lossReason | cleared | starts_anew',
      'responsible | deals.part.responsible | kept | ',
      'price | deals.part.price | kept | ',
      'field:1 | Адрес | kept | ',
      'field:2 | Канал | kept | ',
      'contacts | deals.part.contacts | kept | ',
      'company | deals.part.company | kept | ',
      'tags | deals.part.tags | kept | ',
      'product:81 | Стол | kept | ',
      'product:82 | Стул | skipped | product_archived',
      'task:1 | Позвонить | changed | ',
      'note:1 | Договорились | kept | ',
    ]);
    expect(plan.differences.find(({ part }) => part === 'stage')).toMatchObject({ before: 'Отказ', after: 'Новая' });
    expect(plan.warnings).toEqual([{ code: 'deals.remark.product_archived', params: { product: 'Стул' } }]);
  });

  it('gives the same plan for the same input, and one that survives JSON', () => {
    const input = anInput({ source: full, products, tasks: [aTask()], notes: [aNote()] });
    expect(planCopy(input)).toEqual(planCopy(input));
    const { differences, warnings } = planCopy(input);
    expect(JSON.parse(JSON.stringify({ differences, warnings }))).toEqual({ differences, warnings });
  });

  it('writes no marker in a preview', () => {
    const { deal } = planCopy(anInput({ source: full, marker: null }));
    expect(deal.fields.map(({ fieldId }) => fieldId)).toEqual([1, 2]);
  });
});

describe('planCopy with nothing to be copied', () => {
  it('clears every part and says so', () => {
    const options = someOptions({
      nameTemplate: 'Копия {{counter}}: {{lead.name}}',
      pipelineId: 20,
      responsible: { mode: 'user', userId: 503 },
      price: { policy: 'clear' },
      fields: { default: 'clear', rules: [] },
      contacts: 'none',
      company: 'none',
      tags: { copy: false, add: [], remove: [] },
      tasks: 'none',
      notes: [],
      products: 'none',
    });
    const plan = planCopy(anInput({ source: full, options, products, tasks: [aTask()], notes: [aNote()], counter: 4 }));
    expect(plan.deal).toEqual({
      name: 'Копия 4: Кухня',
      price: null,
      pipelineId: 20,
      stageId: 21,
      responsibleUserId: 503,
      fields: [{ fieldId: MARKER_FIELD_ID, values: [{ value: `7:${ITEM_ID}` }] }],
      tags: [],
      contacts: [],
      companyId: null,
    });
    expect([plan.products, plan.tasks, plan.notes, plan.warnings]).toEqual([[], [], [], []]);
    const effects = Object.fromEntries(plan.differences.map(({ part, effect }) => [part, effect]));
    expect(effects).toEqual({
      name: 'changed',
      pipeline: 'changed',
      stage: 'changed',
      closedAt: 'cleared',
      lossReason: 'cleared',
      responsible: 'changed',
      price: 'cleared',
      'field:1': 'cleared',
      'field:2': 'cleared',
      contacts: 'cleared',
      company: 'cleared',
      tags: 'cleared',
      products: 'cleared',
      tasks: 'cleared',
      'note:1': 'skipped',
    });
  });

  it('says nothing of parts that the source does not have', () => {
    const { differences } = planCopy(anInput());
    expect(differences.map(({ part }) => part)).toEqual(['name', 'pipeline', 'stage', 'responsible', 'price']);
  });
});

describe('planCopy and variables', () => {
  it('knows a copy by its marker, and names the copy’s own pipeline and people', () => {
    const options = someOptions({
      nameTemplate: '{{counter}} {{lead.name}}',
      pipelineId: 20,
      responsible: { mode: 'user', userId: 503 },
      fields: {
        default: 'keep',
        rules: [{ fieldId: 1, policy: 'set', value: '{{lead.name}}: {{pipeline.name}}/{{responsible.name}}' }],
      },
    });
    const copy = aSource({ ...full, name: '1 Кухня' });
    const { deal } = planCopy(anInput({ source: copy, options, counter: 2 }));
    expect(deal.name).toBe('2 Кухня');
    expect(deal.fields[0]).toEqual({ fieldId: 1, values: [{ value: '1 Кухня: Сервис/Вера' }] });
    expect(planCopy(anInput({ source: aSource({ name: '1 Кухня' }), options, counter: 2 })).deal.name).toBe(
      '2 1 Кухня',
    );
  });

  it('markerOf reads our marker only', () => {
    expect(markerOf(full, MARKER_FIELD_ID)).toEqual({ sourceDealId: 3, itemId: ITEM_ID });
    expect(
      markerOf(
        aSource({ fields: [aFilled({ fieldId: MARKER_FIELD_ID, values: [{ value: 'мой текст' }] })] }),
        MARKER_FIELD_ID,
      ),
    ).toBeUndefined();
    expect(markerOf(aSource(), MARKER_FIELD_ID)).toBeUndefined();
  });
});

describe('planCopy refuses', () => {
  it.each([
    [
      'an unknown pipeline',
      anInput({ source: aSource({ pipelineId: 99 }) }),
      'deals.pipeline_gone',
      { pipelineId: 99, reason: 'unknown' },
    ],
    [
      'an archived pipeline',
      anInput({ source: aSource({ pipelineId: 30 }) }),
      'deals.pipeline_gone',
      { pipelineId: 30, reason: 'archived' },
    ],
    [
      'a chosen pipeline that is gone',
      anInput({ options: someOptions({ pipelineId: 98 }) }),
      'deals.pipeline_gone',
      { pipelineId: 98, reason: 'unknown' },
    ],
    [
      'a pipeline of closing stages',
      anInput({ options: someOptions({ pipelineId: 40 }) }),
      'deals.pipeline_gone',
      { pipelineId: 40, reason: 'no_working_stage' },
    ],
    [
      'a deleted deal',
      anInput({ source: aSource({ id: dealId(5), isDeleted: true }) }),
      'deals.copy_source_not_found',
      { dealId: 5 },
    ],
    ['a bad template', anInput({ options: someOptions({ nameTemplate: '{{nope}}' }) }), 'deals.template_invalid', {}],
  ])('%s', (_, input, code, details) => {
    expect(errorOf(() => planCopy(input))).toMatchObject({ code, details });
  });
});

describe('planCopy and people who have left', () => {
  it('replaces them everywhere with warnings', () => {
    const plan = planCopy(
      anInput({
        source: aSource({ responsibleUserId: userId(502) }),
        tasks: [aTask({ responsibleUserId: userId(502) }), aTask({ id: 2, responsibleUserId: userId(503) })],
        notes: [aNote({ createdBy: 502 }), aNote({ id: 2, createdBy: 404 }), aNote({ id: 3, createdBy: 0 })],
        directory: aDirectory(),
      }),
    );
    expect(plan.deal.responsibleUserId).toBeNull();
    expect(plan.tasks.map(({ responsibleUserId }) => responsibleUserId)).toEqual([null, 503]);
    expect(plan.notes.map(({ createdBy }) => createdBy)).toEqual([null, null, null]);
    expect(plan.warnings).toEqual([
      { code: 'deals.remark.responsible_inactive', params: { user: 'Борис' } },
      { code: 'deals.remark.task_responsible_replaced', params: { count: 1 } },
      { code: 'deals.remark.note_authors_replaced', params: { count: 2 } },
    ]);
  });
});
