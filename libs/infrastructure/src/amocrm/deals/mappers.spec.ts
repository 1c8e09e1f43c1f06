import { describe, expect, it } from '@jest/globals';
import type { DealDraft } from '#domain/deals/copy-plan.js';
import { asId, type AmoDealId } from '#domain/shared/ids.js';
import { fromDealDraft, toSourceDeal } from './lead.mapper.js';
import { fromNote, toDealNote } from './note.mapper.js';
import { fromProductLink, toLinkedProduct, toProduct } from './product.mapper.js';
import { fromTask, toDealTask } from './task.mapper.js';

const dealId = asId<AmoDealId>(7);
const EMPTY_DRAFT: DealDraft = {
  name: 'Kitchen',
  price: null,
  pipelineId: 30,
  stageId: 31,
  responsibleUserId: null,
  fields: [],
  tags: [],
  contacts: [],
  companyId: null,
};

describe('deals', () => {
  it('are read with everything that a copy needs', () => {
    const lead = {
      id: 7,
      name: 'Kitchen',
      price: 120_000,
      price_with_minor_units: 120_000.5,
      responsible_user_id: 501,
      status_id: 143,
      pipeline_id: 30,
      loss_reason_id: 9,
      created_at: 1_700_000_000,
      closed_at: 1_700_003_600,
      is_deleted: false,
      custom_fields_values: [
        {
          field_id: 101,
          field_name: 'Channel',
          field_code: null,
          field_type: 'select',
          values: [{ value: 'Site', enum_id: 5 }],
        },
        {
          field_id: 102,
          field_name: 'Sum',
          field_code: 'SUM',
          field_type: 'numeric',
          is_computed: true,
          values: [{ value: '12' }],
        },
      ],
      _embedded: {
        tags: [{ id: 3, name: 'vip', color: null }],
        companies: [{ id: 70 }],
        contacts: [
          { id: 71, is_main: true },
          { id: 72, is_main: false },
        ],
        catalog_elements: [
          { id: 5, metadata: { quantity: 2.5, catalog_id: 900, price_id: 44 } },
          { id: 6, metadata: { quantity: 1, catalog_id: 900 } },
        ],
        loss_reason: [{ id: 9, name: 'Price' }],
      },
    };

    expect(toSourceDeal(lead)).toEqual({
      id: 7,
      name: 'Kitchen',
      price: 120_000.5,
      pipelineId: 30,
      stageId: 143,
      responsibleUserId: 501,
      createdAt: new Date('2023-11-14T22:13:20Z'),
      closedAt: new Date('2023-11-14T23:13:20Z'),
      lossReasonId: 9,
      isDeleted: false,
      fields: [
        {
          fieldId: 101,
          name: 'Channel',
          code: null,
          type: 'select',
          isComputed: false,
          values: [{ value: 'Site', enum_id: 5 }],
        },
        { fieldId: 102, name: 'Sum', code: 'SUM', type: 'numeric', isComputed: true, values: [{ value: '12' }] },
      ],
      tags: ['vip'],
      contacts: [
        { id: 71, isMain: true },
        { id: 72, isMain: false },
      ],
      companyId: 70,
      products: [
        { catalogId: 900, elementId: 5, quantity: 2.5, priceId: 44 },
        { catalogId: 900, elementId: 6, quantity: 1, priceId: null },
      ],
    });
  });

  it('are read when almost nothing is filled', () => {
    expect(toSourceDeal({ id: 8, price: null, custom_fields_values: null, closed_at: null })).toMatchObject({
      id: 8,
      name: '',
      price: 0,
      closedAt: null,
      lossReasonId: null,
      fields: [],
      tags: [],
      contacts: [],
      companyId: null,
      products: [],
    });
    expect(toSourceDeal({ name: 'no id' })).toBeUndefined();
  });

  it('are written without empty parts', () => {
    expect(fromDealDraft({ requestId: 'r', value: EMPTY_DRAFT })).toEqual({
      request_id: 'r',
      name: 'Kitchen',
      pipeline_id: 30,
      status_id: 31,
    });
  });

  it('are written with tags, fields, contacts and company', () => {
    const draft: DealDraft = {
      ...EMPTY_DRAFT,
      price: 0,
      responsibleUserId: 501,
      fields: [{ fieldId: 101, values: [{ enum_id: 5 }] }],
      tags: ['vip'],
      contacts: [{ id: 71, isMain: true }],
      companyId: 70,
    };
    expect(fromDealDraft({ requestId: 'r', value: draft })).toEqual({
      request_id: 'r',
      name: 'Kitchen',
      price: 0,
      pipeline_id: 30,
      status_id: 31,
      responsible_user_id: 501,
      custom_fields_values: [{ field_id: 101, values: [{ enum_id: 5 }] }],
      tags_to_add: [{ name: 'vip' }],
      _embedded: { contacts: [{ id: 71, is_main: true }], companies: [{ id: 70 }] },
    });
  });
});

describe('tasks', () => {
  const wire = {
    id: 9,
    entity_id: 7,
    entity_type: 'leads',
    text: 'Call',
    task_type_id: 2,
    responsible_user_id: 501,
    created_at: 1_700_000_000,
    complete_till: 1_700_100_000,
    duration: 1_800,
    is_completed: false,
    result: [],
  };

  it('are read', () => {
    expect(toDealTask(wire)).toEqual({
      id: 9,
      dealId: 7,
      text: 'Call',
      typeId: 2,
      responsibleUserId: 501,
      createdAt: new Date(1_700_000_000_000),
      deadline: new Date(1_700_100_000_000),
      durationSeconds: 1_800,
    });
  });

  it.each([{ entity_type: 'contacts' }, { entity_id: null }, { complete_till: null }])(
    'of anything but a deal are not: %j',
    (change) => {
      expect(toDealTask({ ...wire, ...change })).toBeUndefined();
    },
  );

  it('are written in whole seconds', () => {
    const task = {
      dealId,
      text: 'Call',
      typeId: 2,
      responsibleUserId: null,
      deadline: new Date(1_700_100_000_900),
      durationSeconds: 0,
    };
    expect(fromTask({ requestId: 'r', value: task })).toEqual({
      request_id: 'r',
      entity_id: 7,
      entity_type: 'leads',
      task_type_id: 2,
      text: 'Call',
      complete_till: 1_700_100_000,
    });
    expect(fromTask({ requestId: 'r', value: { ...task, responsibleUserId: 5, durationSeconds: 60 } })).toMatchObject({
      responsible_user_id: 5,
      duration: 60,
    });
  });
});

describe('notes', () => {
  it('are read with their params as they are', () => {
    const wire = {
      id: 4,
      entity_id: 7,
      note_type: 'sms_in',
      params: { text: null, phone: '+7' },
      created_at: 1_700_000_000,
      created_by: 0,
      responsible_user_id: 501,
    };
    expect(toDealNote(wire)).toEqual({
      id: 4,
      dealId: 7,
      type: 'sms_in',
      params: { text: null, phone: '+7' },
      createdAt: new Date(1_700_000_000_000),
      createdBy: 0,
      responsibleUserId: 501,
    });
    expect(toDealNote({ ...wire, params: [] })).toMatchObject({ params: {} });
  });

  it('never set off a trigger of the digital pipeline', () => {
    const note = {
      dealId,
      type: 'common',
      params: { text: 'hi' },
      createdAt: new Date(1_700_000_000_000),
      createdBy: 501,
    };
    expect(fromNote({ requestId: 'r', value: note })).toEqual({
      request_id: 'r',
      entity_id: 7,
      note_type: 'common',
      params: { text: 'hi' },
      created_at: 1_700_000_000,
      created_by: 501,
      is_need_to_trigger_digital_pipeline: false,
    });
    const bare = fromNote({ requestId: 'r', value: { ...note, createdAt: null, createdBy: null } });
    expect(Object.keys(bare)).toEqual([
      'request_id',
      'entity_id',
      'note_type',
      'params',
      'is_need_to_trigger_digital_pipeline',
    ]);
  });
});

describe('products', () => {
  it('are linked by element and catalogue', () => {
    expect(fromProductLink({ dealId, catalogId: 900, elementId: 5, quantity: 2, priceId: null })).toEqual({
      entity_id: 7,
      to_entity_id: 5,
      to_entity_type: 'catalog_elements',
      metadata: { catalog_id: 900, quantity: 2 },
    });
    expect(fromProductLink({ dealId, catalogId: 900, elementId: 5, quantity: 2, priceId: 44 })).toMatchObject({
      metadata: { price_id: 44 },
    });
  });

  it('are no products without a catalogue', () => {
    expect(toLinkedProduct(5, null)).toBeUndefined();
    expect(toLinkedProduct(5, { quantity: '3', catalog_id: '900' })).toEqual({
      catalogId: 900,
      elementId: 5,
      quantity: 3,
      priceId: null,
    });
  });

  it.each([
    [true, true],
    [false, false],
    [null, false],
  ])('with is_deleted = %s are archived: %s', (isDeleted, isArchived) => {
    expect(toProduct({ id: 5, name: 'Oven', is_deleted: isDeleted }, 900)).toEqual({
      catalogId: 900,
      elementId: 5,
      name: 'Oven',
      isArchived,
    });
  });
});
