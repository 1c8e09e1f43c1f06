import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, faults, listAt, TestSandbox } from './harness.js';
import { Receiver } from './receiver.js';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
});
afterAll(() => amo.close());

describe('customers', () => {
  it('are refused with 402 while the feature is off', async () => {
    for (const path of ['customers', 'customers/1', 'customers/tags', 'customers/1/links', 'customers/custom_fields'])
      expect([path, (await amo.api('GET', `/api/v4/${path}`)).status]).toEqual([path, 402]);
    expect((await amo.read('account'))['customers_mode']).toBe('disabled');
  });

  it('are made, changed, listed, tagged, noted and linked when it is on', async () => {
    await amo.control('POST', '/settings', { customersMode: 'periodicity' });
    expect((await amo.read('account'))['customers_mode']).toBe('periodicity');
    expect((await amo.api('GET', '/api/v4/customers')).status).toBe(204);
    const receiver = await Receiver.start();
    const settings = ['add_customer', 'update_customer', 'note_customer'];
    await amo.api('POST', '/api/v4/webhooks', { destination: receiver.url, settings });
    const [customer] = await amo.create('customers', [
      { name: 'Постоянный', next_price: 500, next_date: 1_900_000_000, tags_to_add: [{ name: 'VIP' }] },
    ]);
    await amo.api('PATCH', `/api/v4/customers/${customer}`, { next_price: 700 });
    expect(await amo.read(`customers/${customer}`)).toMatchObject({
      name: 'Постоянный',
      next_price: 700,
      next_date: 1_900_000_000,
      _embedded: { tags: [{ name: 'VIP' }], companies: [] },
    });
    await amo.create(`customers/${customer}/notes`, [{ note_type: 'common', params: { text: 'т' } }]);
    await amo.create('tasks', [
      { text: 't', complete_till: 1_900_000_000, entity_id: customer, entity_type: 'customers' },
    ]);
    await receiver.arrived(3);
    const found = (path: string): unknown => receiver.received.map((hook) => at(hook.body, path)).find(Boolean);
    expect(found('customers.add.0.name')).toBe('Постоянный');
    expect(found('customers.note.0.note.element_type')).toBe('12');
    await receiver.close();
    const events = await amo.read(`events?filter[entity]=customer&filter[entity_id][]=${customer}`);
    expect(listAt(events, '_embedded.events').map((event) => event['type'])).toContain('customer_added');
  });

  it('link to contacts and companies, never to leads', async () => {
    const [customer] = await amo.create('customers', [{ name: 'К' }]);
    const [contact] = await amo.create('contacts', [{ name: 'А' }]);
    const [lead] = await amo.create('leads', [{}]);
    const link = (to_entity_id: number | undefined, to_entity_type: string) =>
      amo.api('POST', `/api/v4/customers/${customer}/link`, [{ to_entity_id, to_entity_type }]);
    expect((await link(contact, 'contacts')).status).toBe(200);
    expect(faults(await link(lead, 'leads'))).toEqual(['NotSupportedChoice to_entity_type']);
    const back = [{ to_entity_id: customer, to_entity_type: 'customers' }];
    expect(faults(await amo.api('POST', `/api/v4/leads/${lead}/link`, back))).toEqual([
      'NotSupportedChoice to_entity_type',
    ]);
    expect(at(await amo.read(`contacts/${contact}?with=customers`), '_embedded.customers.0.id')).toBe(customer);
    expect(at(await amo.read(`customers/${customer}?with=contacts`), '_embedded.contacts.0.id')).toBe(contact);
  });
});

describe('sources', () => {
  const source = { name: 'Сайт', external_id: 'site-1' };

  it('are made, changed and removed by the integration that owns them', async () => {
    expect((await amo.api('GET', '/api/v4/sources')).status).toBe(204);
    const [id] = await amo.create('sources', [source]);
    expect(await amo.read(`sources/${id}`)).toMatchObject({ ...source, default: false, services: [] });
    await amo.api('PATCH', `/api/v4/sources/${id}`, { name: 'Новый сайт', services: [{ type: 'whatsapp' }] });
    await amo.api('PATCH', '/api/v4/sources', [{ id, default: true }]);
    expect(await amo.read(`sources/${id}`)).toMatchObject({
      name: 'Новый сайт',
      default: true,
      services: [{ type: 'whatsapp' }],
    });
    expect((await amo.api('POST', '/api/v4/sources', [source])).status).toBe(400);
    const missing = await amo.api('DELETE', '/api/v4/sources', [{ id }, { id: 1 }]);
    expect([missing.status, at(missing.json, 'errors')]).toEqual([
      400,
      [{ request_id: '1', errors: { code: 'EntityNotFound', path: 'id', detail: expect.any(String) } }],
    ]);
    expect((await amo.api('DELETE', `/api/v4/sources/${id}`)).status).toBe(204);
    expect((await amo.api('GET', `/api/v4/sources/${id}`)).status).toBe(404);
  });

  it('are not there for another integration', async () => {
    const [id] = await amo.create('sources', [source]);
    const other = await amo.control('POST', '/integrations', { redirectUri: 'http://127.0.0.1:1/cb' });
    const { accessToken } = await amo.control('GET', `/credentials?clientId=${String(other['clientId'])}`);
    const stranger = { authorization: `Bearer ${String(accessToken)}` };
    expect((await amo.api('GET', '/api/v4/sources', undefined, stranger)).status).toBe(204);
    expect((await amo.api('PATCH', `/api/v4/sources/${id}`, { name: 'x' }, stranger)).status).toBe(404);
    const lead = [{ _embedded: { source: { external_id: source.external_id, type: 'widget' } } }];
    const refused = await amo.api('POST', '/api/v4/leads', lead, stranger);
    expect(faults(refused)).toEqual(['NotSupportedChoice _embedded.source.external_id']);
    expect((await amo.api('GET', '/api/v4/leads?with=source', undefined, stranger)).status).toBe(200);
  });

  it('send a lead without a pipeline to their own', async () => {
    const pipelines = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines');
    const own = { name: 'Сервис', external_id: 'service', pipeline_id: pipelines[1]?.['id'] };
    const [id] = await amo.create('sources', [own]);
    const embedded = { _embedded: { source: { external_id: 'service', type: 'widget' } } };
    const [bySource, chosen] = await amo.create('leads', [
      embedded,
      { ...embedded, pipeline_id: pipelines[0]?.['id'] },
    ]);
    expect(await amo.read(`leads/${bySource}?with=source`)).toMatchObject({
      pipeline_id: pipelines[1]?.['id'],
      source_id: id,
      _embedded: { source: { id, name: 'Сервис' } },
    });
    expect((await amo.read(`leads/${chosen}`))['pipeline_id']).toBe(pipelines[0]?.['id']);
  });

  it.each([
    [{ name: 'x' }, 'FieldMissing external_id'],
    [{ name: 'x', external_id: 'я' }, 'NotSupportedChoice external_id'],
    [{ name: 'x', external_id: 'a'.repeat(37) }, 'TooLong external_id'],
    [{ name: 'x', external_id: 'a', pipeline_id: 1 }, 'NotSupportedChoice pipeline_id'],
  ])('refuse %j', async (bad, fault) => {
    expect(faults(await amo.api('POST', '/api/v4/sources', [bad]))).toEqual([fault]);
  });
});
