import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, listAt, TestSandbox, type Fields } from './harness.js';

let amo: TestSandbox;
beforeAll(async () => {
  amo = await TestSandbox.start();
});
afterAll(() => amo.close());

const ids = (answer: unknown, key = 'leads'): number[] =>
  listAt(answer, `_embedded.${key}`).map((row) => Number(row['id']));

describe('pages', () => {
  it('links to a next page after a full last one, and that page is 204', async () => {
    const last = await amo.api('GET', '/api/v4/leads?limit=100&page=3');
    expect(ids(last.json)).toHaveLength(100);
    expect(at(last.json, '_links.next.href')).toBe(`${amo.baseUrl}/api/v4/leads?limit=100&page=4`);
    expect(at(last.json, '_links.first.href')).toBe(`${amo.baseUrl}/api/v4/leads?limit=100&page=1`);
    const phantom = await amo.api('GET', '/api/v4/leads?limit=100&page=4');
    expect([phantom.status, phantom.text]).toEqual([204, '']);
    await amo.control('POST', '/settings', { nextLink: 'exact' });
    expect(at((await amo.api('GET', '/api/v4/leads?limit=100&page=3')).json, '_links.next')).toBeUndefined();
    await amo.control('POST', '/settings', { nextLink: 'full_page' });
  });

  it('has 50 rows by default and never more than 250', async () => {
    expect(ids(await amo.read('leads'))).toHaveLength(50);
    expect(ids(await amo.read('leads?limit=9999'))).toHaveLength(250);
    expect((await amo.api('GET', '/api/v4/leads')).type).toBe('application/hal+json');
  });

  it('orders by the allowed fields in both directions', async () => {
    const newest = listAt(await amo.read('leads?order[created_at]=desc&limit=250'), '_embedded.leads').map((lead) =>
      Number(lead['created_at']),
    );
    expect(newest).toEqual([...newest].sort((a, b) => b - a));
    const byId = ids(await amo.read('leads?order%5Bid%5D=desc&limit=10'));
    expect(byId).toEqual([...byId].sort((a, b) => b - a));
  });
});

describe('what is not there', () => {
  it('is 204 for entities, 404 for paths, 405 for methods', async () => {
    for (const path of [
      'leads/1',
      'contacts/1',
      'companies/1',
      'tasks/1',
      'leads/notes?filter[entity_id][]=1',
      'webhooks',
    ]) {
      expect((await amo.api('GET', `/api/v4/${path}`)).status).toBe(204);
    }
    const unknown = await amo.api('GET', '/api/v4/deals');
    expect([unknown.status, unknown.type]).toEqual([404, 'application/problem+json']);
    for (const path of ['/api/v4/leads/40000001', '/api/v4/leads/40000001/notes']) {
      expect((await amo.api('DELETE', path)).status).toBe(405);
    }
    expect((await amo.api('POST', '/api/v4/leads/unsorted', [{}])).status).toBe(405);
  });
});

describe('filters', () => {
  it('find by id, stage, price, time and custom field', async () => {
    const all = await amo.dump('leads');
    const sample = all[10] ?? {};
    expect(ids(await amo.read('leads?filter[id][]=40000003&filter[id][]=40000001&filter[id][]=5'))).toEqual([
      40000001, 40000003,
    ]);
    const inStage = all.filter(
      (lead) => lead['status_id'] === sample['status_id'] && lead['pipeline_id'] === sample['pipeline_id'],
    );
    const stage = `filter[statuses][0][pipeline_id]=${String(sample['pipeline_id'])}&filter[statuses][0][status_id]=${String(sample['status_id'])}`;
    expect(ids(await amo.read(`leads?limit=250&${stage}`))).toEqual(inStage.map((lead) => lead['id']));
    const dear = all.filter((lead) => Number(lead['price']) >= 500_000);
    expect(ids(await amo.read('leads?limit=250&filter[price][from]=500000'))).toEqual(dear.map((lead) => lead['id']));
    const filled = all.flatMap((lead) =>
      ((lead['custom_fields_values'] ?? []) as Fields[]).map((field) => ({ lead, field })),
    );
    const select = filled.find(({ field }) => field['field_type'] === 'select');
    const enumId = at(select?.field, 'values.0.enum_id');
    const found = ids(
      await amo.read(
        `leads?limit=250&filter[custom_fields_values][${String(select?.field['field_id'])}][]=${String(enumId)}`,
      ),
    );
    expect(found).toContain(select?.lead['id']);
    expect(found.length).toBeLessThan(all.length);
  });

  it('can be ignored or refused where they are not paid for', async () => {
    await amo.control('POST', '/settings', { filters: 'ignored' });
    expect(ids(await amo.read('leads?filter[id][]=40000003'))).toHaveLength(50);
    expect((await amo.read('account?with=is_api_filter_enabled'))['is_api_filter_enabled']).toBe(false);
    await amo.control('POST', '/settings', { filters: 'refused' });
    expect((await amo.api('GET', '/api/v4/leads?filter[id][]=40000003')).status).toBe(400);
    expect((await amo.api('GET', '/api/v4/tasks?filter[id][]=80000001')).status).toBeLessThan(300);
    await amo.control('POST', '/settings', { filters: 'enabled' });
  });

  it('search texts of fields, and phones by their digits', async () => {
    const [contact] = await amo.dump('contacts');
    const phone = String(at((contact?.['custom_fields_values'] as Fields[])[0], 'values.0.value'));
    const written = `${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`;
    expect(ids(await amo.read(`contacts?query=${encodeURIComponent(written)}`), 'contacts')).toContain(contact?.['id']);
    expect((await amo.api('GET', '/api/v4/contacts?query=такогонет')).status).toBe(204);
  });
});

describe('what is shown', () => {
  it('adds contacts, elements and loss reason only when asked', async () => {
    const [lead] = (await amo.dump('leads')).filter((one) => listAt(one, '_embedded.catalog_elements').length > 0);
    const plain = await amo.read(`leads/${String(lead?.['id'])}`);
    expect(Object.keys(plain['_embedded'] as Fields).sort()).toEqual(['companies', 'tags']);
    const full = await amo.read(`leads/${String(lead?.['id'])}?with=contacts,catalog_elements,loss_reason`);
    expect(Object.keys(full['_embedded'] as Fields).sort()).toEqual([
      'catalog_elements',
      'companies',
      'contacts',
      'loss_reason',
      'tags',
    ]);
    expect(at(full, '_embedded.contacts.0')).toEqual({
      id: expect.any(Number),
      is_main: true,
      _links: expect.anything(),
    });
    expect(at(full, '_embedded.catalog_elements.0.metadata')).toEqual({
      quantity: expect.any(Number),
      catalog_id: expect.any(Number),
    });
  });

  it('shows trashed leads only with only_deleted, and then four facts', async () => {
    const [id] = await amo.create('leads', [{ name: 'to the trash' }]);
    await amo.control('POST', `/deals/${id}/delete`);
    expect((await amo.api('GET', `/api/v4/leads/${id}`)).status).toBe(204);
    const [trashed] = listAt(await amo.read('leads?with=only_deleted'), '_embedded.leads');
    expect(Object.keys(trashed ?? {}).sort()).toEqual(['_links', 'id', 'is_deleted', 'updated_at', 'updated_by']);
  });

  it('counts the nearest open task', async () => {
    const [id] = await amo.create('leads', [{}]);
    const task = (complete_till: number): Fields => ({ text: 'x', complete_till, entity_id: id, entity_type: 'leads' });
    await amo.create('tasks', [
      task(1_900_000_000),
      task(1_800_000_000),
      { ...task(1_700_000_000), is_completed: true },
    ]);
    expect((await amo.read(`leads/${id}`))['closest_task_at']).toBe(1_800_000_000);
  });
});
