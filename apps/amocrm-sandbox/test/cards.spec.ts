import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, TestSandbox, type Fields } from './harness.js';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
});
afterAll(() => amo.close());

const people = (count: number): Promise<number[]> =>
  amo.create(
    'contacts',
    Array.from({ length: count }, (_, i) => ({ name: `Человек ${i}` })),
  );

describe('links', () => {
  it('keep one main contact and one company for a lead', async () => {
    const [one, two] = await people(2);
    const [first, second] = await amo.create('companies', [{ name: 'Первая' }, { name: 'Вторая' }]);
    const [lead] = await amo.create('leads', [
      { _embedded: { contacts: [{ id: one }, { id: two }], companies: [{ id: first }] } },
    ]);
    const mains = async (): Promise<unknown[]> =>
      listAt(await amo.read(`leads/${lead}?with=contacts`), '_embedded.contacts').map((contact) => [
        contact['id'],
        contact['is_main'],
      ]);
    expect(await mains()).toEqual([
      [one, true],
      [two, false],
    ]);
    const linked = await amo.api('POST', `/api/v4/leads/${lead}/link`, [
      { to_entity_id: two, to_entity_type: 'contacts', metadata: { is_main: true } },
      { to_entity_id: second, to_entity_type: 'companies' },
    ]);
    expect(listAt(linked.json, '_embedded.links').map((link) => [link['to_entity_id'], link['metadata']])).toEqual([
      [two, { main_contact: true }],
      [second, null],
    ]);
    expect(await mains()).toEqual([
      [one, false],
      [two, true],
    ]);
    expect(listAt(await amo.read(`leads/${lead}`), '_embedded.companies').map((company) => company['id'])).toEqual([
      second,
    ]);
    expect(
      (await amo.api('POST', `/api/v4/leads/${lead}/unlink`, [{ to_entity_id: two, to_entity_type: 'contacts' }]))
        .status,
    ).toBe(204);
    expect(await mains()).toEqual([[one, true]]);
  });

  it('refuse what is only read, what does not exist and archived products', async () => {
    const [contact] = await people(1);
    const [lead] = await amo.create('leads', [{}]);
    const link = (item: Fields) => amo.api('POST', '/api/v4/leads/link', [{ entity_id: lead, ...item }]);
    expect(
      faults(await link({ to_entity_id: contact, to_entity_type: 'contacts', metadata: { main_contact: true } })),
    ).toEqual(['FieldNotExpected metadata.main_contact']);
    expect(faults(await link({ to_entity_id: 5, to_entity_type: 'contacts' }))).toEqual([
      'NotSupportedChoice to_entity_id',
    ]);
    expect(faults(await link({ to_entity_id: 5, to_entity_type: 'leads' }))).toEqual([
      'NotSupportedChoice to_entity_type',
    ]);
    const elements = listAt(await amo.read('catalogs/5001/elements?limit=250'), '_embedded.elements');
    const archived = elements.find((element) => element['is_deleted']);
    const live = elements.find((element) => element['is_deleted'] === false);
    const product = (id: unknown, metadata?: Fields) =>
      link({ to_entity_id: id, to_entity_type: 'catalog_elements', metadata });
    expect(faults(await product(live?.['id']))).toEqual(['FieldMissing metadata.catalog_id']);
    expect(faults(await product(archived?.['id'], { catalog_id: 5001 }))).toEqual(['NotSupportedChoice to_entity_id']);
    expect((await product(live?.['id'], { catalog_id: 5001, quantity: 3 })).status).toBe(200);
    const read = await amo.read(`leads/links?filter[entity_id][]=${lead}&filter[to_catalog_id]=5001`);
    expect(listAt(read, '_embedded.links')).toEqual([
      {
        entity_id: lead,
        entity_type: 'leads',
        to_entity_id: live?.['id'],
        to_entity_type: 'catalog_elements',
        metadata: { quantity: 3, catalog_id: 5001, price_id: null },
      },
    ]);
    expect((await amo.api('GET', '/api/v4/leads/links')).status).toBe(400);
  });

  it('undo a whole batch when one link is bad', async () => {
    const [contact] = await people(1);
    const [lead] = await amo.create('leads', [{}]);
    const items = [
      { to_entity_id: contact, to_entity_type: 'contacts' },
      { to_entity_id: 5, to_entity_type: 'contacts' },
    ];
    expect((await amo.api('POST', `/api/v4/leads/${lead}/link`, items)).status).toBe(400);
    expect(await amo.dump('links', [Number(lead)])).toEqual([]);
  });
});

describe('tags', () => {
  it('are made on demand, added, removed and replaced', async () => {
    const [lead] = await amo.create('leads', [{ tags_to_add: [{ name: 'а' }, { name: 'б' }] }]);
    const names = async (): Promise<unknown[]> =>
      listAt(await amo.read(`leads/${lead}`), '_embedded.tags').map((tag) => tag['name']);
    expect(await names()).toEqual(['а', 'б']);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, { tags_to_add: [{ name: 'в' }], tags_to_delete: [{ name: 'а' }] });
    expect(await names()).toEqual(['б', 'в']);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, { _embedded: { tags: [{ name: 'г' }] } });
    expect(await names()).toEqual(['г']);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, { _embedded: { tags: null } });
    expect(await names()).toEqual([]);
    const again = await amo.api('POST', '/api/v4/leads/tags', [{ name: 'а' }, { name: 'а' }]);
    expect(new Set(listAt(again.json, '_embedded.tags').map((tag) => tag['id'])).size).toBe(1);
  });
});

describe('tasks', () => {
  it('need a text and a deadline, and show an empty result as a list', async () => {
    expect(faults(await amo.api('POST', '/api/v4/tasks', [{}]))).toEqual([
      'FieldMissing text',
      'FieldMissing complete_till',
    ]);
    expect(
      faults(
        await amo.api('POST', '/api/v4/tasks', [
          { text: 'x', complete_till: 1, entity_id: 5, entity_type: 'leads', task_type_id: 99 },
        ]),
      ),
    ).toEqual(['NotSupportedChoice task_type_id']);
    const [lead] = await amo.create('leads', [{}]);
    const [id] = await amo.create('tasks', [
      { text: 'x', complete_till: 1_900_000_000, entity_id: lead, entity_type: 'leads' },
    ]);
    expect((await amo.read(`tasks/${id}`))['result']).toEqual([]);
    const done = await amo.api('PATCH', `/api/v4/tasks/${id}`, { is_completed: true, result: { text: 'готово' } });
    expect(Object.keys(done.json as Fields).sort()).toEqual(['_links', 'id', 'updated_at']);
    expect(await amo.read(`tasks/${id}`)).toMatchObject({
      is_completed: true,
      result: { text: 'готово' },
      task_type_id: 1,
    });
    const filter = `tasks?filter[entity_type]=leads&filter[entity_id][]=${lead}&filter[is_completed]=`;
    expect(listAt(await amo.read(`${filter}1`), '_embedded.tasks')).toHaveLength(1);
    expect((await amo.api('GET', `/api/v4/${filter}0`)).status).toBe(204);
    expect((await amo.api('GET', `/api/v4/tasks?filter[entity_id][]=${lead}`)).status).toBe(400);
  });
});

describe('notes', () => {
  it('take the creatable types with their params, and no others', async () => {
    const [lead] = await amo.create('leads', [{}]);
    const note = (note_type: string, params: Fields) =>
      amo.api('POST', '/api/v4/leads/notes', [{ entity_id: lead, note_type, params, created_at: 1_700_000_000 }]);
    expect((await note('common', { text: 'я'.repeat(20_000) })).status).toBe(200);
    expect(faults(await note('common', { text: 'я'.repeat(20_001) }))).toEqual(['TooLong params.text']);
    expect(faults(await note('common', { text: 'x', extra: 1 }))).toEqual(['FieldNotExpected params.extra']);
    expect(faults(await note('amomail_message', { text: 'x' }))).toEqual(['NotSupportedChoice note_type']);
    const good: readonly (readonly [string, Fields])[] = [
      ['call_in', { uniq: 'u', duration: 5, source: 's', link: 'l', phone: '+7', call_responsible: 'Я' }],
      ['service_message', { service: 's', text: 't' }],
      ['message_cashier', { status: 'shown', text: 't' }],
      ['geolocation', { text: 't', address: 'a', longitude: '1', latitude: '2' }],
      ['sms_out', { text: 't', phone: '+7' }],
      ['attachment', { file_uuid: (await amo.control('POST', '/files', { name: 'n' }))['uuid'], file_name: 'n' }],
    ];
    for (const [type, params] of good) expect((await note(type, params)).status).toBe(200);
    const list = await amo.read(`leads/${lead}/notes?filter[note_type][]=sms_out`);
    expect(at(list, '_embedded.notes.0')).toMatchObject({
      note_type: 'sms_out',
      created_at: 1_700_000_000,
      params: { text: 't', phone: '+7' },
    });
    const id = at(list, '_embedded.notes.0.id');
    expect(
      (await amo.api('PATCH', `/api/v4/leads/${lead}/notes/${String(id)}`, { params: { text: 'u', phone: '+7' } }))
        .status,
    ).toBe(200);
    expect(at(await amo.read(`leads/notes/${String(id)}`), 'params.text')).toBe('u');
    expect(
      (await amo.api('POST', '/api/v4/leads/1/notes', [{ note_type: 'common', params: { text: 'x' } }])).status,
    ).toBe(404);
  });
});

describe('contacts, companies and complex leads', () => {
  it('write phones by code and names by parts', async () => {
    const [id] = await amo.create('contacts', [
      {
        first_name: 'Анна',
        last_name: 'Ким',
        custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+79990001122', enum_code: 'MOB' }] }],
      },
    ]);
    const contact = await amo.read(`contacts/${id}`);
    expect(contact['name']).toBe('Анна Ким');
    expect(at(contact, 'custom_fields_values.0')).toMatchObject({
      field_code: 'PHONE',
      field_type: 'multitext',
      values: [{ value: '+79990001122', enum_code: 'MOB' }],
    });
    expect(faults(await amo.api('POST', '/api/v4/companies', [{ first_name: 'x' }]))).toEqual([
      'FieldNotExpected first_name',
    ]);
  });

  it('make lead, contact and company at once and answer a bare array', async () => {
    const answer = await amo.api('POST', '/api/v4/leads/complex', [
      {
        name: 'Всё сразу',
        request_id: 'c',
        _embedded: { contacts: [{ name: 'Новый' }], companies: [{ name: 'Новая' }] },
      },
    ]);
    expect(answer.json).toEqual([
      {
        id: expect.any(Number),
        contact_id: expect.any(Number),
        company_id: expect.any(Number),
        request_id: ['c'],
        merged: false,
      },
    ]);
    const contact = await amo.read(`contacts/${String(at(answer.json, '0.contact_id'))}?with=leads`);
    expect(at(contact, '_embedded.companies.0.id')).toBe(at(answer.json, '0.company_id'));
    expect(at(contact, '_embedded.leads.0.id')).toBe(at(answer.json, '0.id'));
    expect(
      faults(await amo.api('POST', '/api/v4/leads/complex', [{ _embedded: { contacts: [{ nmae: 'x' }] } }])),
    ).toEqual(['FieldNotExpected _embedded.contacts.0.nmae']);
  });
});

describe('directories', () => {
  it('create fields of each owner with 201 and the whole model', async () => {
    const made = await amo.api('POST', '/api/v4/leads/custom_fields', [
      { name: 'Метка копии', type: 'text', code: 'MARK', is_api_only: true },
    ]);
    expect(made.status).toBe(201);
    expect(at(made.json, '_embedded.custom_fields.0')).toMatchObject({
      name: 'Метка копии',
      type: 'text',
      code: 'MARK',
      is_api_only: true,
      entity_type: 'leads',
      request_id: '0',
    });
    const [lead] = await amo.create('leads', [
      { custom_fields_values: [{ field_code: 'MARK', values: [{ value: 'm-1' }] }] },
    ]);
    expect(listAt(await amo.read('leads?query=m-1'), '_embedded.leads').map((one) => one['id'])).toEqual([lead]);
    expect(
      faults(await amo.api('POST', '/api/v4/companies/custom_fields', [{ name: 'x', type: 'tracking_data' }])),
    ).toEqual(['NotSupportedChoice type']);
    const select = await amo.api('POST', '/api/v4/catalogs/5001/custom_fields', [
      { name: 'Сорт', type: 'select', enums: [{ value: 'A' }, { value: 'B' }] },
    ]);
    expect(listAt(at(select.json, '_embedded.custom_fields.0'), 'enums').map((one) => one['value'])).toEqual([
      'A',
      'B',
    ]);
    const id = at(made.json, '_embedded.custom_fields.0.id');
    expect((await amo.api('DELETE', `/api/v4/leads/custom_fields/${String(id)}`)).status).toBe(204);
    expect((await amo.read(`leads/${lead}`))['custom_fields_values']).toBeNull();
  });

  it('have won, lost and unsorted in each pipeline', async () => {
    for (const pipeline of listAt(await amo.read('leads/pipelines'), '_embedded.pipelines')) {
      const statuses = listAt(pipeline, '_embedded.statuses');
      expect(statuses.slice(-2).map((status) => status['id'])).toEqual([142, 143]);
      expect(statuses.filter((status) => status['type'] === 1)).toHaveLength(1);
    }
  });

  it('take products and answer with the whole element', async () => {
    const made = await amo.api('POST', '/api/v4/catalogs/5001/elements', [
      { name: 'Полка', custom_fields_values: [{ field_code: 'PRICE', values: [{ value: 1200 }] }] },
    ]);
    expect(at(made.json, '_embedded.elements.0')).toMatchObject({
      name: 'Полка',
      catalog_id: 5001,
      is_deleted: false,
      request_id: '0',
      custom_fields_values: [{ field_code: 'PRICE', values: [{ value: '1200' }] }],
    });
  });

  it('hold twelve users of whom two have left', async () => {
    const users = listAt(await amo.read('users?with=group,role'), '_embedded.users');
    expect([users.length, users.filter((user) => at(user, 'rights.is_active') === false).length]).toEqual([12, 2]);
    const account = await amo.read('account?with=task_types,users_groups,datetime_settings,drive_url');
    expect(Object.keys(account['_embedded'] as Fields).sort()).toEqual([
      'datetime_settings',
      'task_types',
      'users_groups',
    ]);
  });
});
