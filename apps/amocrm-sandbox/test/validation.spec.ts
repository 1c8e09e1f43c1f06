import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, TestSandbox, type Answer, type Fields } from './harness.js';

let amo: TestSandbox;
let fields: Fields[];
let users: Fields[];
let pipelines: Fields[];

beforeAll(async () => {
  amo = await TestSandbox.start();
  fields = listAt(await amo.read('leads/custom_fields?limit=250'), '_embedded.custom_fields');
  users = listAt(await amo.read('users'), '_embedded.users');
  pipelines = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines');
});
afterAll(() => amo.close());

const post = (item: Fields): Promise<Answer> => amo.api('POST', '/api/v4/leads', [item]);
const fieldOf = (type: string): Fields => {
  const field = fields.find((one) => one['type'] === type && one['is_computed'] === false);
  if (!field) throw new Error(`no field of type ${type}`);
  return field;
};
const withField = (type: string, ...values: unknown[]): Fields => ({
  custom_fields_values: [{ field_id: fieldOf(type)['id'], values }],
});
const leadCount = async (): Promise<number> => (await amo.dump('leads')).length;

describe('the body as a whole', () => {
  it('must be an array of 1 to 250 objects', async () => {
    expect((await amo.api('POST', '/api/v4/leads', { name: 'x' })).status).toBe(400);
    const empty = await amo.api('POST', '/api/v4/leads', []);
    expect([empty.status, at(empty.json, 'detail')]).toEqual([400, 'Request data can not be empty']);
    const many = await amo.api(
      'POST',
      '/api/v4/leads',
      Array.from({ length: 251 }, () => ({ name: 'x' })),
    );
    expect([many.status, at(many.json, 'detail')]).toEqual([422, 'Limit 250 per page']);
    expect((await amo.api('POST', '/api/v4/leads', '{"broken"')).status).toBe(400);
  });

  it('is refused whole when one item is bad', async () => {
    const before = await leadCount();
    const answer = await amo.api('POST', '/api/v4/leads', [
      { name: 'good' },
      { name: 'bad', main: 1, request_id: 'mine' },
      { price: 'x' },
    ]);
    expect(answer.status).toBe(400);
    expect(answer.type).toBe('application/problem+json');
    expect(at(answer.json, 'validation-errors')).toEqual([
      {
        request_id: 'mine',
        errors: [{ code: 'FieldNotExpected', path: 'main', detail: 'This field was not expected.' }],
      },
      {
        request_id: '2',
        errors: [{ code: 'InvalidType', path: 'price', detail: 'This value should be of type numeric.' }],
      },
    ]);
    expect(await leadCount()).toBe(before);
  });

  it('echoes request ids, the index as a string when there is none', async () => {
    const answer = await amo.api('POST', '/api/v4/leads', [
      { name: 'a', request_id: 'r' },
      { name: 'b' },
      { request_id: 7 },
    ]);
    expect(listAt(answer.json, '_embedded.leads').map((lead) => lead['request_id'])).toEqual(['r', '1', '7']);
    expect(Object.keys(listAt(answer.json, '_embedded.leads')[0] ?? {}).sort()).toEqual(['_links', 'id', 'request_id']);
  });
});

describe('fields of a lead', () => {
  it('refuses read-only and unknown keys', async () => {
    for (const key of ['id', 'group_id', 'account_id', 'score', 'closest_task_at', 'is_deleted', 'nmae']) {
      expect(faults(await post({ [key]: 1 }))).toEqual([`FieldNotExpected ${key}`]);
    }
  });

  it('refuses unknown and deactivated users in all three places', async () => {
    const gone = users.find((user) => at(user, 'rights.is_active') === false)?.['id'];
    for (const key of ['responsible_user_id', 'created_by', 'updated_by']) {
      expect(faults(await post({ [key]: gone }))).toEqual([`NotSupportedChoice ${key}`]);
      expect(faults(await post({ [key]: 1 }))).toEqual([`NotSupportedChoice ${key}`]);
    }
    expect((await post({ created_by: 0 })).status).toBe(200);
  });

  it('refuses stages of other pipelines, unknown ones and unsorted', async () => {
    const [first, second] = pipelines;
    const stage = (pipeline: Fields | undefined, type: number): unknown =>
      listAt(pipeline, '_embedded.statuses').find(
        (status) => status['type'] === type && status['is_editable'] === (type === 0),
      )?.['id'];
    expect(faults(await post({ pipeline_id: first?.['id'], status_id: stage(second, 0) }))).toEqual([
      'NotSupportedChoice status_id',
    ]);
    expect(faults(await post({ pipeline_id: first?.['id'], status_id: stage(first, 1) }))).toEqual([
      'NotSupportedChoice status_id',
    ]);
    expect(faults(await post({ status_id: 5 }))).toEqual(['NotSupportedChoice status_id']);
    expect(faults(await post({ pipeline_id: 5 }))).toEqual(['NotSupportedChoice pipeline_id']);
    const [id] = await amo.create('leads', [{ pipeline_id: second?.['id'] }]);
    expect((await amo.read(`leads/${id}`))['status_id']).toBe(stage(second, 0));
  });

  it('takes a loss reason only with 143 and refuses it in a shape of its own', async () => {
    const reason = listAt(await amo.read('leads/loss_reasons'), '_embedded.loss_reasons')[0]?.['id'];
    const [id] = await amo.create('leads', [{ name: 'to lose' }]);
    const refused = await amo.api('PATCH', `/api/v4/leads/${id}`, { loss_reason_id: reason });
    expect([refused.status, at(refused.json, `errors.${id}`), at(refused.json, 'detail')]).toEqual([
      400,
      'Loss reason can be specified only for lost lead',
      'Invalid request body',
    ]);
    expect((await amo.api('PATCH', `/api/v4/leads/${id}`, { status_id: 143, loss_reason_id: reason })).status).toBe(
      200,
    );
    const lost = await amo.read(`leads/${id}?with=loss_reason`);
    expect(lost['closed_at']).toEqual(expect.any(Number));
    expect(at(lost, '_embedded.loss_reason.0.id')).toBe(reason);
  });

  it('refuses tags with a request_id and contacts on update', async () => {
    expect(faults(await post({ _embedded: { tags: [{ name: 'x', request_id: '1' }] } }))).toEqual([
      'FieldNotExpected _embedded.tags.0.request_id',
    ]);
    const [id] = await amo.create('leads', [{}]);
    expect(faults(await amo.api('PATCH', '/api/v4/leads', [{ id, _embedded: { contacts: [{ id: 1 }] } }]))).toEqual([
      'FieldNotExpected _embedded.contacts',
    ]);
    expect(faults(await amo.api('PATCH', '/api/v4/leads', [{ id: 1, name: 'x' }]))).toEqual(['NotSupportedChoice id']);
    expect(faults(await amo.api('PATCH', '/api/v4/leads', [{ name: 'x' }]))).toEqual(['FieldMissing id']);
  });
});

describe('custom field values', () => {
  const path = (key: string): string => `custom_fields_values.0.values.0.${key}`;

  it('refuses unknown and computed fields with the whole item', async () => {
    expect(faults(await post({ custom_fields_values: [{ field_id: 5, values: [{ value: 'x' }] }] }))).toEqual([
      'NotSupportedChoice custom_fields_values.0.field_id',
    ]);
    const computed = fields.find((field) => field['is_computed']);
    expect(
      faults(await post({ custom_fields_values: [{ field_id: computed?.['id'], values: [{ value: '1' }] }] })),
    ).toEqual(['FieldNotExpected custom_fields_values.0.field_id']);
    expect(
      faults(
        await post({
          custom_fields_values: [{ field_id: fieldOf('text')['id'], field_name: 'x', values: [{ value: 'x' }] }],
        }),
      ),
    ).toEqual(['FieldNotExpected custom_fields_values.0.field_name']);
  });

  it('takes an enum by id, text or code, but not as it was read', async () => {
    const [choice] = listAt(fieldOf('select'), 'enums');
    const id = choice?.['id'];
    expect(faults(await post(withField('select', { enum_id: 5 })))).toEqual([`NotSupportedChoice ${path('enum_id')}`]);
    expect(faults(await post(withField('select', { value: 'нет такого' })))).toEqual([
      `NotSupportedChoice ${path('value')}`,
    ]);
    expect(faults(await post(withField('select', { enum_id: id, enum_code: null })))).toEqual([
      `FieldNotExpected ${path('enum_code')}`,
    ]);
    expect(faults(await post(withField('select', { enum_id: id, enum_code: 'X' })))).toEqual([
      `FieldNotExpected ${path('enum_code')}`,
    ]);
    expect(faults(await post(withField('select', { enum_id: id, enum: id })))).toEqual([
      `FieldNotExpected ${path('enum')}`,
    ]);
    expect(faults(await post(withField('select', { enum_id: id, value: 'старый текст' })))).toEqual([
      `NotSupportedChoice ${path('value')}`,
    ]);
    expect(faults(await post(withField('select', { enum_id: id }, { enum_id: id })))).toEqual([
      'TooMany custom_fields_values.0.values',
    ]);
    const [lead] = await amo.create('leads', [withField('select', { value: choice?.['value'] })]);
    expect(at(await amo.read(`leads/${lead}`), 'custom_fields_values.0.values')).toEqual([
      { value: choice?.['value'], enum_id: id, enum_code: null },
    ]);
  });

  it.each([
    ['numeric', { value: 'много' }, 'InvalidType'],
    ['numeric', { value: '' }, 'NotBlank'],
    ['checkbox', { value: 'да' }, 'InvalidType'],
    ['date', { value: 'завтра' }, 'InvalidType'],
    ['text', { value: 1 }, 'InvalidType'],
    ['url', { value: '' }, 'NotBlank'],
  ])('refuses a bad %s %j', async (type, value, code) => {
    expect(faults(await post(withField(type, value)))).toEqual([`${code} ${path('value')}`]);
  });

  it('refuses bad parts of structured values', async () => {
    expect(faults(await post(withField('legal_entity', { value: { vat_id: '1' } })))).toEqual([
      `FieldMissing ${path('value.name')}`,
    ]);
    expect(faults(await post(withField('smart_address', { value: 'x', enum_id: 9 })))).toEqual([
      `NotSupportedChoice ${path('enum_id')}`,
    ]);
    expect(faults(await post(withField('chained_list', { catalog_id: 1, catalog_element_id: 1 })))).toEqual([
      `NotSupportedChoice ${path('catalog_id')}`,
      `NotSupportedChoice ${path('catalog_element_id')}`,
    ]);
  });

  it('reads numbers as strings, moments as seconds, days as midnights, nothing as null', async () => {
    const item = {
      custom_fields_values: [
        { field_id: fieldOf('numeric')['id'], values: [{ value: 12.5 }] },
        { field_id: fieldOf('date_time')['id'], values: [{ value: '2026-01-02T03:04:05+03:00' }] },
        { field_id: fieldOf('date')['id'], values: [{ value: '2026-01-02T15:00:00+03:00' }] },
      ],
    };
    const [id] = await amo.create('leads', [item, {}]);
    const values = listAt(await amo.read(`leads/${id}`), 'custom_fields_values').map((field) =>
      at(field, 'values.0.value'),
    );
    const midnight = Date.parse('2026-01-02T00:00:00+03:00') / 1000;
    expect(values).toEqual(['12.5', midnight, Date.parse('2026-01-02T03:04:05+03:00') / 1000]);
    const cleared = item.custom_fields_values.map((field) => ({ field_id: field.field_id, values: null }));
    await amo.api('PATCH', `/api/v4/leads/${id}`, { custom_fields_values: cleared });
    expect((await amo.read(`leads/${id}`))['custom_fields_values']).toBeNull();
  });
});

describe('a round trip', () => {
  /** What a careful client sends of a value that it has read. */
  const writable = (value: Fields): Fields => {
    if ('catalog_id' in value) return value;
    return 'enum_id' in value && !String(value['enum_code']).match(/^[a-z]/)
      ? { enum_id: value['enum_id'] }
      : { value: value['value'], ...(value['enum_id'] ? { enum_id: value['enum_id'] } : {}) };
  };

  it('keeps the values of every type of lead field', async () => {
    const computed = new Set(fields.filter((field) => field['is_computed']).map((field) => field['id']));
    const leads = (await amo.dump('leads')).slice(0, 100);
    const seen = new Set<unknown>();
    const copies = leads.map((lead) => ({
      name: lead['name'],
      custom_fields_values: (lead['custom_fields_values'] as Fields[])
        .filter((field) => !computed.has(field['field_id']))
        .map((field) => {
          seen.add(field['field_type']);
          return { field_id: field['field_id'], values: listAt(field, 'values').map(writable) };
        }),
    }));
    const ids = await amo.create('leads', copies);
    const made = await amo.dump('leads', ids);
    made.forEach((copy, index) => {
      const original = (leads[index]?.['custom_fields_values'] as Fields[]).filter(
        (field) => !computed.has(field['field_id']),
      );
      expect(copy['custom_fields_values'] ?? []).toEqual(original);
    });
    expect([...seen].sort()).toEqual(
      [...new Set(fields.map((field) => field['type']))].filter((type) => type !== undefined).sort(),
    );
  });
});
