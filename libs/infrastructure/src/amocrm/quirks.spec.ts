import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type AmoDealId } from '#domain/shared/ids.js';
import { EndlessBudget, anAmoClient, type TestClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html, type ScriptedAnswer, type SeenRequest } from '#testing/amocrm/scripted-server.js';
import { HttpAmoDeals } from './deals/http-amo-deals.js';
import { readAll } from './http/paged-read.js';

// What amoCRM does that its documentation does not promise, each with the test that docs/amocrm.md names.

const CALL = { lane: 'bulk' } as const;
const ids = (...list: number[]) => list.map((id) => asId<AmoDealId>(id));
const page = (list: string, rows: readonly object[], next = false): ScriptedAnswer => ({
  body: { _links: next ? { next: { href: 'https://elsewhere.example' } } : {}, _embedded: { [list]: rows } },
});
const leadOf = (id: number, over: object = {}) => ({
  id,
  name: `Deal ${id}`,
  pipeline_id: 1,
  status_id: 2,
  created_at: 1_700_000_000,
  ...over,
});
const draftOf = (requestId: string) => ({
  requestId,
  value: {
    name: requestId,
    price: null,
    pipelineId: 1,
    stageId: 142,
    responsibleUserId: null,
    fields: [],
    tags: [],
    contacts: [],
    companyId: null,
  },
});
const askedIds = ({ query }: SeenRequest) => query.getAll('filter[id][]').map(Number);

let server: ScriptedServer;
let grants: InMemoryGrants;
let budget: EndlessBudget;
let client: TestClient;
let deals: HttpAmoDeals;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
beforeEach(() => {
  grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
  budget = new EndlessBudget();
  client = anAmoClient(grants, { baseUrl: server.origin, requestTimeoutMs: 1_000 }, budget);
  deals = new HttpAmoDeals(client.http, () => 'workspace');
});
afterAll(() => server.close());
const inTurn = (...answers: ScriptedAnswer[]) =>
  server.play((_request, index) => answers[Math.min(index, answers.length - 1)] ?? {});

describe('limits', () => {
  it('a 429 in HTML without Retry-After pauses for a second at least', async () => {
    inTurn(html(429), page('leads', [leadOf(1)]));
    await deals.readDeals(ids(1), CALL);

    expect(budget.pausesMs).toEqual([expect.any(Number)]);
    expect(budget.pausesMs[0]).toBeGreaterThanOrEqual(1_000);
  });

  it('a 429 of Kommo says in its body how long to pause', async () => {
    const body = { title: 'Too Many Requests', status: 429, retry_after: 300 };
    inTurn({ status: 429, headers: { 'content-type': 'application/json' }, body }, page('leads', [leadOf(1)]));
    await deals.readDeals(ids(1), CALL);

    expect(budget.pausesMs[0]).toBeGreaterThanOrEqual(300_000);
  });

  it('a 403 in HTML stops the account, is tried no second time, and raises the alarm', async () => {
    inTurn(html(403));
    await expect(deals.readDeals(ids(1, 2), CALL)).rejects.toMatchObject({ code: 'crm.account_blocked' });
    await expect(deals.createDeals([draftOf('a')], CALL)).rejects.toMatchObject({ code: 'crm.account_blocked' });

    expect(server.seen).toHaveLength(1);
    expect([grants.state, client.stops]).toEqual(['blocked', ['blocked']]);
  });

  it('a 403 with a problem is a missing right and stops nothing', async () => {
    inTurn({ status: 403, body: { title: 'Forbidden', status: 403, detail: 'no rights' } });
    await expect(deals.readDeals(ids(1), CALL)).rejects.toMatchObject({ code: 'crm.forbidden' });

    expect([grants.state, client.stops]).toEqual(['active', []]);
  });

  it('a 504 on a read asks for half as much', async () => {
    server.play((request) => {
      const asked = askedIds(request);
      return asked.length > 100
        ? html(504)
        : page(
            'leads',
            asked.map((id) => leadOf(id)),
          );
    });
    const wanted = ids(...Array.from({ length: 250 }, (_, index) => 1_000 + index));
    expect((await deals.readDeals(wanted, CALL)).map(({ id }) => id)).toEqual(wanted);
    expect(server.seen.map((request) => askedIds(request).length)).toEqual([250, 125, 63, 62, 63, 62]);
  });

  it('a 504 on a list asks for smaller pages, from the row on that it had come to', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ id: index + 1 }));
    server.play(({ query }) => {
      const [size, at] = [Number(query.get('limit')), Number(query.get('page')) - 1];
      return size > 125 ? html(504) : page('users', rows.slice(at * size, at * size + size), true);
    });
    const read = await readAll(client.http, { path: '/api/v4/users', list: 'users' }, CALL);
    expect(read.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  });
});

describe('paging', () => {
  it('a next page may be named behind the last one and be empty', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => ({ id: index + 1 }));
    inTurn(page('users', rows, true), page('users', [], true));
    expect(await readAll(client.http, { path: '/api/v4/users', list: 'users' }, CALL)).toHaveLength(250);
    expect(server.seen).toHaveLength(2);
  });

  it('the address of the next page is never followed, only its number', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => ({ id: index + 1 }));
    inTurn(page('users', rows, true), { status: 204 });
    await readAll(client.http, { path: '/api/v4/users', list: 'users' }, CALL);
    expect(server.seen.map(({ query }) => query.get('page'))).toEqual(['1', '2']);
  });

  it.each([{ status: 204 }, { status: 404, body: { title: 'Not Found', status: 404 } }])(
    'what is missing is answered %j and is read as nothing',
    async (answer) => {
      inTurn(answer);
      await expect(client.http.send({ method: 'GET', path: '/api/v4/leads/1' }, CALL)).resolves.toBeNull();
      await expect(deals.readDeals(ids(1), CALL)).resolves.toEqual([]);
    },
  );
});

describe('paid filters that an account does not have', () => {
  const single = ({ path }: SeenRequest) => Number(/^\/api\/v4\/leads\/(\d+)$/.exec(path)?.[1]);
  const strangers = Array.from({ length: 250 }, (_, index) => leadOf(5_000 + index));

  it.each<[string, ScriptedAnswer]>([
    ['ignored', page('leads', strangers, true)],
    ['refused', { status: 400, body: { title: 'Bad Request', status: 400 } }],
  ])('are %s: deals are read one by one, each with its turn, and the account is remembered', async (_, answer) => {
    server.play((request) => (single(request) ? { body: leadOf(single(request)) } : answer));
    expect((await deals.readDeals(ids(11, 12), CALL)).map(({ id }) => id)).toEqual([11, 12]);
    expect(budget.tickets).toHaveLength(server.seen.length);

    const before = server.seen.length;
    await deals.readDeals(ids(13, 14), CALL);
    expect(server.seen.slice(before).map(single)).toEqual([13, 14]);
  });

  it('of one account say nothing about another', async () => {
    let workspace = 'first';
    const several = new HttpAmoDeals(client.http, () => workspace);
    server.play((request) => (single(request) ? { body: leadOf(single(request)) } : page('leads', strangers, true)));
    await several.readDeals(ids(11), CALL);
    workspace = 'second';
    server.play((request) =>
      page(
        'leads',
        askedIds(request).map((id) => leadOf(id)),
      ),
    );
    await several.readDeals(ids(21, 22), CALL);

    expect(server.seen).toHaveLength(1);
  });
});

describe('answers to writes', () => {
  it('come in any order and echo request ids as texts or numbers', async () => {
    inTurn(
      page('leads', [
        { id: 30, request_id: 3 },
        { id: 10, request_id: '1' },
        { id: 20, request_id: 2 },
      ]),
    );
    await expect(deals.createDeals(['1', '2', '3'].map(draftOf), CALL)).resolves.toEqual({
      kind: 'written',
      results: [
        { requestId: '1', dealId: 10 },
        { requestId: '2', dealId: 20 },
        { requestId: '3', dealId: 30 },
      ],
    });
  });

  it('with merged: true name a deal of somebody else, which is never taken for the copy', async () => {
    inTurn(page('leads', [{ id: 7, request_id: 'a', merged: true }]));
    await expect(deals.createDeals([draftOf('a')], CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'unknown' },
    });
  });

  it('are asked for where nothing merges: deals are created by the plain list', async () => {
    inTurn(page('leads', [{ id: 7, request_id: 'a' }]));
    await deals.createDeals([draftOf('a')], CALL);
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /api/v4/leads']);
  });

  it('status 142 and 143 go together with their pipeline', async () => {
    inTurn(page('leads', [{ id: 7, request_id: 'a' }]));
    await deals.createDeals([draftOf('a')], CALL);
    expect(server.seen[0]?.body).toMatchObject([{ pipeline_id: 1, status_id: 142 }]);
  });

  const issue = { code: 'NotSupportedChoice', path: 'status_id', detail: 'Значение не найдено' };
  it.each<[string, number, object | string]>([
    ['validation-errors', 400, { 'validation-errors': [{ request_id: 'a', errors: [issue] }] }],
    ['errors by id', 400, { errors: { a: 'Loss reason can be specified only for lost lead' } }],
    ['a list of errors with one object each', 400, { errors: [{ request_id: 'a', errors: issue }] }],
    ['an error that is a number', 400, { errors: [244] }],
    ['a bare detail', 400, { title: 'Bad Request', detail: 'Код ошибки 244' }],
    ['a limit', 422, { title: 'Unprocessable', detail: 'Limit 250 per page' }],
    ['a list', 400, []],
    ['null', 400, 'null'],
    ['HTML', 400, '<html>'],
    ['nothing', 405, ''],
  ])('of refusal are survived in every shape: %s', async (_, status, body) => {
    inTurn({ status, body });
    const outcome = await deals.createDeals([draftOf('a')], CALL);
    expect(outcome).toMatchObject({ kind: 'refused', rejected: [{ requestId: 'a', issues: [expect.anything()] }] });
  });
});

describe('values that change their type', () => {
  const read = async (over: object) => {
    inTurn(page('leads', [leadOf(1, over)]));
    const [deal] = await deals.readDeals(ids(1), CALL);
    return deal;
  };

  it.each([
    [{ price: 1200 }, 1200],
    [{ price: 1200.5 }, 1200.5],
    [{ price: 1200, price_with_minor_units: 1200.55 }, 1200.55],
    [{ price: '1200' }, 1200],
    [{ price: null }, 0],
  ])('a price %j is read as %d', async (over, price) => {
    expect((await read(over))?.price).toBe(price);
  });

  it.each<[object, number | null]>([
    [{ loss_reason_id: 9 }, 9],
    [{ loss_reason_id: null, _embedded: { loss_reason: [{ id: 9, name: 'Price' }] } }, 9],
    [{ loss_reason_id: null, _embedded: { loss_reason: [] } }, null],
    [{ loss_reason_id: null, _embedded: { loss_reason: { id: 9 } } }, null],
  ])('a loss reason %j is read as %j', async (over, id) => {
    expect((await read(over))?.lossReasonId).toBe(id);
  });

  it.each([[], { text: 'done' }, null, undefined])('a task with the result %j is read', async (result) => {
    const task = { id: 1, entity_id: 5, entity_type: 'leads', text: 't', complete_till: 1_700_000_900, result };
    inTurn(page('tasks', [task]));
    expect(await deals.readOpenTasks(ids(5), CALL)).toMatchObject([{ id: 1, text: 't' }]);
  });

  it('custom fields are null when nothing is filled', async () => {
    expect((await read({ custom_fields_values: null }))?.fields).toEqual([]);
  });
});

describe('an account that moved', () => {
  const READ = { method: 'GET', path: '/api/v4/leads/1' } as const;
  const WRITE = { method: 'POST', path: '/api/v4/leads', body: [] } as const;
  const pair = { body: { access_token: 'access-1', refresh_token: 'refresh-1' } };

  it.each([READ, WRITE])('leaves a page with 404 that says nothing of what was asked for: $method', async (request) => {
    inTurn(html(404), pair, { body: { id: 1 } });
    await expect(client.http.send(request, CALL)).resolves.toEqual({ id: 1 });
    expect(server.seen.map(({ path }) => path)).toEqual([request.path, '/oauth2/access_token', request.path]);
  });

  it('is looked for once: a page with 404 that goes on being there is no answer, and ends no connection', async () => {
    server.play(({ path }) => (path === '/oauth2/access_token' ? pair : html(404)));
    for (const request of [READ, WRITE]) {
      await expect(client.http.send(request, CALL)).rejects.toMatchObject({
        code: 'crm.unreachable',
        details: { effect: 'none' },
      });
    }
    expect([server.seen.length, grants.state]).toEqual([6, 'active']);
    grants.grant = { ...grants.grant, refreshToken: null };
    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect([server.seen.length, grants.state]).toEqual([7, 'active']);
  });
});
