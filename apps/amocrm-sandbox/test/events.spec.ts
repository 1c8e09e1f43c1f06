import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, listAt, send, TestSandbox, type Fields } from './harness.js';

let amo: TestSandbox;
let stages: Fields[];
let pipelineId: number;

beforeAll(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
  const pipeline = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines')[0];
  pipelineId = Number(pipeline?.['id']);
  stages = listAt(pipeline, '_embedded.statuses').filter((status) => status['is_editable']);
});
afterAll(() => amo.close());

/** The history of one entity, oldest first. */
async function historyOf(entity: string, id: number | undefined): Promise<Fields[]> {
  const page = await amo.read(`events?filter[entity]=${entity}&filter[entity_id][]=${id}&limit=100`);
  return listAt(page, '_embedded.events').reverse();
}
const types = (events: readonly Fields[]): unknown[] => events.map((event) => event['type']);

describe('the history', () => {
  it('tells of a deal that is made, changed, linked, noted and deleted', async () => {
    const users = listAt(await amo.read('users'), '_embedded.users');
    const fields = listAt(await amo.read('leads/custom_fields?limit=250'), '_embedded.custom_fields');
    const select = fields.find((field) => field['type'] === 'select');
    const [enumeration] = listAt(select, 'enums');
    const [contact] = await amo.create('contacts', [{ name: 'Анна' }]);
    const [company] = await amo.create('companies', [{ name: 'Дом' }]);
    const [lead] = await amo.create('leads', [
      { name: 'Было', price: 1, tags_to_add: [{ name: 'старый' }], _embedded: { contacts: [{ id: contact }] } },
    ]);
    expect(types(await historyOf('lead', lead))).toEqual(['lead_added', 'entity_tag_added', 'entity_linked']);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, {
      name: 'Стало',
      price: 2,
      status_id: stages[1]?.['id'],
      responsible_user_id: users[1]?.['id'],
      custom_fields_values: [{ field_id: select?.['id'], values: [{ enum_id: enumeration?.['id'] }] }],
      tags_to_add: [{ name: 'новый' }],
      tags_to_delete: [{ name: 'старый' }],
    });
    const byType = new Map((await historyOf('lead', lead)).map((event) => [event['type'], event]));
    expect(byType.get('lead_status_changed')).toMatchObject({
      created_by: users[0]?.['id'],
      entity_id: lead,
      entity_type: 'lead',
      account_id: amo.credentials.accountId,
      value_before: [{ lead_status: { id: stages[0]?.['id'], pipeline_id: pipelineId } }],
      value_after: [{ lead_status: { id: stages[1]?.['id'], pipeline_id: pipelineId } }],
      _embedded: { entity: { id: lead } },
    });
    expect(at(byType.get('name_field_changed'), 'value_after')).toEqual([{ name_field_value: { name: 'Стало' } }]);
    expect(at(byType.get('sale_field_changed'), 'value_before')).toEqual([{ sale_field_value: { sale: 1 } }]);
    expect(at(byType.get('entity_responsible_changed'), 'value_after')).toEqual([
      { responsible_user: { id: users[1]?.['id'] } },
    ]);
    expect(at(byType.get(`custom_field_${String(select?.['id'])}_value_changed`), 'value_after')).toEqual([
      {
        custom_field_value: {
          field_id: select?.['id'],
          field_type: 4,
          enum_id: enumeration?.['id'],
          text: enumeration?.['value'],
        },
      },
    ]);
    expect(at(byType.get('entity_tag_added'), 'value_after')).toEqual([{ tag: { name: 'новый' } }]);
    expect(at(byType.get('entity_tag_deleted'), 'value_before')).toEqual([{ tag: { name: 'старый' } }]);
    const before = (await historyOf('lead', lead)).length;
    await amo.api('POST', `/api/v4/leads/${lead}/link`, [{ to_entity_id: company, to_entity_type: 'companies' }]);
    await amo.api('POST', `/api/v4/leads/${lead}/unlink`, [{ to_entity_id: contact, to_entity_type: 'contacts' }]);
    const [note] = await amo.create(`leads/${lead}/notes`, [{ note_type: 'common', params: { text: 'т' } }]);
    await amo.create(`leads/${lead}/notes`, [{ note_type: 'call_in', params: { duration: 1, phone: '+7' } }]);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, { name: 'Стало' });
    await amo.control('POST', `/deals/${lead}/delete`);
    const rest = (await historyOf('lead', lead)).slice(before);
    expect(types(rest)).toEqual([
      'entity_linked',
      'entity_unlinked',
      'common_note_added',
      'incoming_call',
      'lead_deleted',
    ]);
    expect(at(rest[0], 'value_after')).toEqual([{ link: { entity: { type: 'company', id: company } } }]);
    expect(at(rest[2], 'value_after')).toEqual([{ note: { id: note } }]);
    expect(types(await historyOf('contact', contact))).toEqual(['contact_added', 'entity_linked', 'entity_unlinked']);
    expect(types(await historyOf('company', company))).toEqual(['company_added', 'entity_linked']);
  });

  it('tells of tasks', async () => {
    const [task] = await amo.create('tasks', [{ text: 'раз', complete_till: 1_900_000_000 }]);
    await amo.api('PATCH', `/api/v4/tasks/${task}`, { text: 'два', task_type_id: 2, complete_till: 1_900_000_100 });
    await amo.api('PATCH', `/api/v4/tasks/${task}`, { is_completed: true, result: { text: 'готово' } });
    const events = await historyOf('task', task);
    expect(types(events)).toEqual([
      'task_added',
      'task_text_changed',
      'task_type_changed',
      'task_deadline_changed',
      'task_completed',
      'task_result_added',
    ]);
    expect(events.map((event) => at(event, 'value_after.0'))).toEqual([
      { task: { text: 'раз' } },
      { task: { text: 'два' } },
      { task_type: { id: 2 } },
      { task_deadline: { timestamp: 1_900_000_100 } },
      undefined,
      { task: { text: 'готово' } },
    ]);
  });

  it('keeps nothing of a refused request', async () => {
    const before = listAt(await amo.read('events?limit=100'), '_embedded.events').length;
    expect((await amo.api('POST', '/api/v4/leads', [{ name: 'x' }, { main: 1 }])).status).toBe(400);
    expect(listAt(await amo.read('events?limit=100'), '_embedded.events')).toHaveLength(before);
  });

  it('is shown on the page of the deal', async () => {
    const [lead] = await amo.create('leads', [{ name: 'Для истории' }]);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, { price: 77, status_id: stages[2]?.['id'] });
    const { text } = await send(`${amo.baseUrl}/leads/detail/${lead}`, 'GET');
    expect(text).toContain('Изменение этапа продажи');
    expect(text).toMatch(new RegExp(`${String(stages[0]?.['name'])}\\s*→\\s*${String(stages[2]?.['name'])}`));
  });
});

describe('the list of events', () => {
  it('takes at most 100 a page, newest first', async () => {
    await amo.create(
      'leads',
      Array.from({ length: 120 }, (_, index) => ({ name: `n${index}` })),
    );
    const first = await amo.read('events?limit=250');
    expect(listAt(first, '_embedded.events')).toHaveLength(100);
    expect(at(first, '_links.next.href')).toContain('limit=100&page=2');
    const times = listAt(first, '_embedded.events').map((event) => Number(event['created_at']));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it('filters by type, author, time and value', async () => {
    const [lead] = await amo.create('leads', [{ price: 1 }]);
    await amo.api('PATCH', `/api/v4/leads/${lead}`, { price: 4_242, status_id: 142, name: 'итог' });
    const found = async (query: string): Promise<unknown[]> => {
      const answer = await amo.api('GET', `/api/v4/events?${query}`);
      return answer.status === 204 ? [] : listAt(answer.json, '_embedded.events').map((event) => event['entity_id']);
    };
    const won = `filter[value_after][leads_statuses][0][pipeline_id]=${pipelineId}&filter[value_after][leads_statuses][0][status_id]=142`;
    expect(await found(`filter[type]=lead_status_changed&${won}`)).toEqual([lead]);
    expect(await found(`filter[type][]=lead_status_changed&${won.replaceAll('142', '143')}`)).toEqual([]);
    expect(await found('filter[type]=sale_field_changed&filter[value_after][value]=4242')).toEqual([lead]);
    expect(await found('filter[value_before][value]=4242')).toEqual([]);
    expect(await found('filter[created_by][]=1')).toEqual([]);
    expect(await found(`filter[created_at][from]=4000000000`)).toEqual([]);
    expect(await found(`filter[created_at]=4000000000`)).toEqual([]);
  });

  it('refuses more than ten ids, and ids without exactly one entity', async () => {
    const ids = (count: number): string =>
      Array.from({ length: count }, (_, index) => `&filter[entity_id][]=${index}`).join('');
    expect((await amo.api('GET', `/api/v4/events?filter[entity]=lead${ids(10)}`)).status).toBe(204);
    expect((await amo.api('GET', `/api/v4/events?filter[entity]=lead${ids(11)}`)).status).toBe(400);
    expect((await amo.api('GET', `/api/v4/events?${ids(1)}`)).status).toBe(400);
    expect((await amo.api('GET', `/api/v4/events?filter[entity][]=lead&filter[entity][]=task${ids(1)}`)).status).toBe(
      400,
    );
    const authors = Array.from({ length: 11 }, (_, index) => `filter[created_by][]=${index}`).join('&');
    expect((await amo.api('GET', `/api/v4/events?${authors}`)).status).toBe(400);
  });

  it('gives one event by id, the types, and takes no writes', async () => {
    const [event] = listAt(await amo.read('events?limit=1'), '_embedded.events');
    expect(String(event?.['id'])).toMatch(/^[0-9a-z]{26}$/);
    expect(await amo.read(`events/${String(event?.['id'])}`)).toEqual(event);
    expect((await amo.api('GET', '/api/v4/events/01ekv700000000000000000000')).status).toBe(204);
    const known = listAt(await amo.read('events/types'), '_embedded.events_types');
    expect(known).toContainEqual({ key: 'lead_status_changed', type: expect.any(Number), lang: expect.any(String) });
    expect((await amo.api('POST', '/api/v4/events', [{}])).status).toBe(405);
  });
});
