import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { at, listAt, TestSandbox, type Answer, type Fields } from './harness.js';

let amo: TestSandbox;
let users: Fields[];
let manager: number;
let mine: number;
let colleague: number;
let stranger: number;

/** The manager, one of the same group, one of another. */
beforeEach(async () => {
  amo = await TestSandbox.start({ dataset: 'empty' });
  users = listAt(await amo.read('users'), '_embedded.users');
  const groupOf = (user: Fields | undefined): unknown => at(user, 'rights.group_id');
  const [, first] = users;
  const second = users.find((user) => user !== first && groupOf(user) === groupOf(first));
  const other = users.find((user) => at(user, 'rights.is_active') === true && groupOf(user) === 2);
  manager = Number(first?.['id']);
  [mine = 0, colleague = 0, stranger = 0] = await amo.create(
    'leads',
    [first, second, other].map((user) => ({ name: 'x', responsible_user_id: user?.['id'] })),
  );
});
afterEach(() => amo.close());

const as = (method: string, path: string, body?: unknown, user: unknown = manager): Promise<Answer> =>
  amo.api(method, `/api/v4/${path}`, body, { 'x-context-user-id': String(user) });
const give = (leads: Fields): Promise<Fields> => amo.control('POST', `/users/${manager}`, { rights: { leads } });
const listed = async (): Promise<unknown[]> => {
  const answer = await as('GET', 'leads');
  return answer.status === 204 ? [] : listAt(answer.json, '_embedded.leads').map((lead) => lead['id']);
};
const editable = async (): Promise<number[]> => {
  const ids: number[] = [];
  for (const id of [mine, colleague, stranger])
    if ((await as('PATCH', `leads/${id}`, { price: 5 })).status === 200) ids.push(id);
  return ids;
};

describe('a user of the account', () => {
  it.each<[string, () => number[]]>([
    ['A', () => [mine, colleague, stranger]],
    ['G', () => [mine, colleague]],
    ['M', () => [mine]],
    ['D', () => []],
  ])('with %s sees and changes so many deals', async (right, expected) => {
    await give({ view: right, edit: right });
    expect(await listed()).toEqual(expected());
    expect(await editable()).toEqual(expected());
    for (const id of [mine, colleague, stranger])
      expect((await as('GET', `leads/${id}`)).status).toBe(expected().includes(id) ? 200 : 403);
    const shown = (await amo.read(`users/${manager}`))['rights'];
    expect(at(shown, 'leads')).toMatchObject({ view: right, edit: right, delete: 'D' });
  });

  it('sees all and changes own deals when nothing else was given', async () => {
    expect(await listed()).toEqual([mine, colleague, stranger]);
    expect(await editable()).toEqual([mine]);
  });

  it('changes none of a batch that holds one deal of another', async () => {
    const answer = await as('PATCH', 'leads', [
      { id: mine, price: 9 },
      { id: stranger, price: 9 },
    ]);
    expect(answer.status).toBe(403);
    expect((await amo.read(`leads/${mine}`))['price']).toBe(0);
  });

  it('neither links nor creates without the right', async () => {
    const [contact] = await amo.create('contacts', [{ name: 'A' }]);
    const link = [{ to_entity_id: contact, to_entity_type: 'contacts' }];
    expect((await as('POST', `leads/${stranger}/link`, link)).status).toBe(403);
    expect((await as('POST', `leads/${stranger}/unlink`, link)).status).toBe(403);
    expect((await as('POST', `leads/${mine}/link`, link)).status).toBe(200);
    await give({ add: 'D' });
    expect((await as('POST', 'leads', [{}])).status).toBe(403);
  });

  it('may be told of missing rights by a code instead', async () => {
    await amo.control('POST', '/settings', { noRights: 'code_244' });
    const answer = await as('PATCH', `leads/${stranger}`, { price: 1 });
    expect([answer.status, at(answer.json, 'detail')]).toEqual([400, expect.stringContaining('244')]);
  });

  it('acts in own name', async () => {
    await as('PATCH', `leads/${mine}`, { price: 3 });
    expect(await amo.read(`leads/${mine}`)).toMatchObject({ updated_by: manager, price: 3 });
    expect(at((await as('GET', 'account')).json, 'current_user_id')).toBe(manager);
  });

  it('is no administrator: no users, roles, webhooks, fields, pipelines', async () => {
    const pipeline = String(at(await amo.read('leads/pipelines'), '_embedded.pipelines.0.id'));
    const calls: readonly (readonly [string, string, unknown?])[] = [
      ['GET', 'users'],
      ['GET', `users/${manager}`],
      ['GET', 'roles'],
      ['GET', 'roles/1'],
      ['GET', 'webhooks'],
      ['POST', 'webhooks', { destination: 'http://127.0.0.1:9', settings: ['add_lead'] }],
      ['POST', 'leads/custom_fields', [{ name: 'f', type: 'text' }]],
      ['POST', 'leads/pipelines', [{ name: 'p', sort: 1, is_main: false, is_unsorted_on: true }]],
      ['PATCH', `leads/pipelines/${pipeline}`, { name: 'p' }],
      ['POST', 'leads/loss_reasons', [{ name: 'r' }]],
    ];
    for (const [method, path, body] of calls)
      expect([path, (await as(method, path, body)).status]).toEqual([path, 403]);
    expect((await as('GET', 'leads/custom_fields')).status).toBe(200);
    expect((await as('GET', 'leads/pipelines')).status).toBe(200);
  });
});

describe('X-Context-User-ID', () => {
  it('is refused for unknown and inactive users and for what is no id', async () => {
    await amo.control('POST', `/users/${manager}`, { isActive: false });
    for (const user of [manager, 1, 'abc', '']) expect((await as('GET', 'leads', undefined, user)).status).toBe(401);
    expect((await amo.api('GET', '/api/v4/leads')).status).toBe(200);
  });

  it('takes no rights that do not exist', async () => {
    await expect(give({ view: 'X' })).rejects.toThrow('400');
    await expect(amo.control('POST', `/users/${manager}`, { rights: { tasks: {} } })).rejects.toThrow('400');
  });
});

describe('loss reasons and pipelines', () => {
  it('are changed and deleted', async () => {
    const made = await amo.api('POST', '/api/v4/leads/loss_reasons', [{ name: 'Дорого', sort: 5 }]);
    const id = String(at(made.json, '_embedded.loss_reasons.0.id'));
    const changed = await amo.api('PATCH', `/api/v4/leads/loss_reasons/${id}`, { name: 'Очень дорого' });
    expect(changed.json).toMatchObject({ name: 'Очень дорого', sort: 5 });
    expect((await amo.api('PATCH', `/api/v4/leads/loss_reasons/${id}`, { name: '' })).status).toBe(400);
    expect((await amo.api('DELETE', `/api/v4/leads/loss_reasons/${id}`)).status).toBe(204);
    expect((await amo.api('DELETE', `/api/v4/leads/loss_reasons/${id}`)).status).toBe(404);
    expect(
      (await amo.api('PATCH', `/api/v4/leads/${mine}`, { status_id: 143, loss_reason_id: Number(id) })).status,
    ).toBe(400);
  });

  it('keep a pipeline that holds leads, and the last one', async () => {
    const ids = listAt(await amo.read('leads/pipelines'), '_embedded.pipelines').map((one) => String(one['id']));
    const remove = async (id = ''): Promise<number> =>
      (await amo.api('DELETE', `/api/v4/leads/pipelines/${id}`)).status;
    expect(await remove(ids[0])).toBe(400);
    expect([await remove(ids[1]), await remove(ids[1]), await remove(ids[2])]).toEqual([204, 404, 204]);
    for (const lead of [mine, colleague, stranger]) await amo.control('POST', `/deals/${lead}/delete`);
    expect(await remove(ids[0])).toBe(400);
  });
});
