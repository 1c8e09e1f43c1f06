import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EndlessBudget, anAmoClient, type TestClient } from '#testing/amocrm/amo-client.js';
import { eventually } from '#testing/eventually.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html, type ScriptedAnswer } from '#testing/amocrm/scripted-server.js';
import type { BudgetStore, BudgetTry, BudgetVerdict } from '../budget/budget-store.js';
import { SharedRequestBudget } from '../budget/shared-request-budget.js';

const CALL = { lane: 'bulk' } as const;
const READ = { method: 'GET', path: '/api/v4/leads/17', query: { with: 'contacts' } } as const;
const WRITE = { method: 'POST', path: '/api/v4/leads', body: [{ name: 'A' }] } as const;

/** One turn at once, the next one not before the account is slowed down, and then after a second. */
class SlowStore implements BudgetStore {
  slowed = 0;
  #granted = 0;

  async tryAcquire({ waiting }: BudgetTry): Promise<BudgetVerdict> {
    const lane = waiting.findIndex(Boolean);
    if (lane < 0) return { kind: 'wait', waitMs: 1, pace: 1, isPaused: false };
    if (this.#granted++ === 0) return { kind: 'granted', lane, at: 1, pace: 1 };
    await eventually(() => this.slowed > 0);
    if (this.#granted === 2) return { kind: 'wait', waitMs: 1_000, pace: 1, isPaused: true };
    return { kind: 'granted', lane, at: 2, pace: 1 };
  }

  async slowDown(): Promise<void> {
    this.slowed += 1;
  }

  async postpone(): Promise<void> {
    return undefined;
  }
}

describe('AmoHttp', () => {
  let server: ScriptedServer;
  let grants: InMemoryGrants;
  let budget: EndlessBudget;
  let client: TestClient;

  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  beforeEach(async () => {
    grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
    budget = new EndlessBudget();
    client = anAmoClient(grants, { baseUrl: server.origin, requestTimeoutMs: 1_000 }, budget);
  });
  afterAll(() => server.close());

  const inTurn = (...answers: ScriptedAnswer[]) =>
    server.play((_request, index) => answers[Math.min(index, answers.length - 1)] ?? {});

  it('sends the token, reads JSON, and tells what it did without ids or bodies', async () => {
    inTurn({ body: { id: 17 }, headers: { 'x-request-id': 'r-1' } });

    await expect(client.http.send(READ, CALL)).resolves.toEqual({ id: 17 });
    expect(server.seen).toMatchObject([{ token: 'access-0', target: '/api/v4/leads/17?with=contacts' }]);
    expect(budget.tickets).toMatchObject([{ key: { accountId: 1, clientId: 'client' }, lane: 'bulk' }]);
    expect(budget.departures).toBe(1);
    expect(client.finished).toMatchObject([
      { method: 'GET', path: '/api/v4/leads/{id}', status: 200, lane: 'bulk', requestId: 'r-1' },
    ]);
  });

  it('reads amoCRM’s clock from its answers', async () => {
    inTurn({ status: 204, headers: { date: 'Sat, 01 Jan 2050 00:00:00 GMT' } });
    await client.http.send(READ, CALL);

    expect(client.http.serverTime().getUTCFullYear()).toBe(2050);
  });

  it('slows the whole account down after a 429 of any form and repeats, writes too', async () => {
    inTurn(html(429), { status: 429, headers: { 'retry-after': '7' } }, { body: { ok: true } });

    await expect(client.http.send(WRITE, CALL)).resolves.toEqual({ ok: true });
    expect(budget.pausesMs).toHaveLength(2);
    expect(budget.pausesMs[0]).toBeGreaterThanOrEqual(1_000);
    expect(budget.pausesMs[1]).toBeGreaterThanOrEqual(7_000);
  });

  it('gives up on a 429 that does not end', async () => {
    inTurn(html(429));

    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.busy', kind: 'upstream_busy' });
    expect(server.seen).toHaveLength(5);
  });

  it('stops at once when the API is blocked', async () => {
    inTurn(html(403));

    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.account_blocked' });
    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.account_blocked' });
    expect(server.seen).toHaveLength(1);
    expect(grants.state).toBe('blocked');
    expect(client.stops).toEqual(['blocked']);
    // Those that wait in other processes come to know of it in this time.
    expect(budget.pausesMs).toEqual([1_000]);
  });

  it('sends nothing that was waiting for its turn when the API was blocked', async () => {
    const store = new SlowStore();
    const waiting = anAmoClient(grants, { baseUrl: server.origin }, new SharedRequestBudget(store));
    inTurn(html(403));
    const [first, ...rest] = await Promise.allSettled([1, 2, 3, 4].map(() => waiting.http.send(READ, CALL)));

    expect(first).toMatchObject({ reason: { code: 'crm.account_blocked' } });
    expect(rest).toMatchObject([1, 2, 3].map(() => ({ reason: { code: 'crm.account_blocked' } })));
    expect(server.seen).toHaveLength(1);
    expect(store.slowed).toBe(1);
  });

  it('marks an ended subscription', async () => {
    inTurn({ status: 402, body: { title: 'Payment Required' } });

    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.subscription_ended' });
    expect(grants.state).toBe('subscription_ended');
  });

  it('does not take a missing right for a block', async () => {
    inTurn({ status: 403, body: { title: 'Forbidden', detail: 'no rights' } });

    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.forbidden' });
    expect(grants.state).toBe('active');
  });

  it.each<[string, ScriptedAnswer]>([
    ['a 500', { status: 500, body: { title: 'ErrInternalServer' } }],
    ['a 502 of nginx', html(502)],
    ['a cut connection', { trouble: 'cut' }],
    ['half an answer', { body: { id: 17, name: 'half' }, trouble: 'half' }],
    ['HTML with status 200', html(200)],
  ])('repeats a read after %s', async (_name, answer) => {
    inTurn(answer, { body: { id: 17 } });

    await expect(client.http.send(READ, CALL)).resolves.toEqual({ id: 17 });
    expect(server.seen).toHaveLength(2);
  });

  it.each<[string, ScriptedAnswer]>([
    ['a 500', { status: 500, body: { title: 'ErrInternalServer' } }],
    ['a 503 of nginx', html(503)],
    ['a cut connection', { trouble: 'cut' }],
    ['half an answer', { body: { id: 17, name: 'half' }, trouble: 'half' }],
    ['HTML with status 200', html(200)],
  ])('never repeats a write after %s, and says that it may have had an effect', async (_name, answer) => {
    inTurn(answer, { body: { id: 17 } });

    await expect(client.http.send(WRITE, CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      kind: 'upstream_down',
      details: { effect: 'unknown' },
    });
    expect(server.seen).toHaveLength(1);
  });

  it('gives a read up after three tries', async () => {
    inTurn(html(503));

    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(server.seen).toHaveLength(3);
  });

  it('knows that nothing was sent when nobody listens', async () => {
    const port = await unusedPort();
    grants.grant = { ...grants.grant, baseUrl: `http://127.0.0.1:${port}` };

    await expect(client.http.send(WRITE, CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'none' },
    });
  });

  it('does not wait for ever for an answer', async () => {
    server.play(() => new Promise<never>(() => undefined));

    await expect(client.http.send(WRITE, CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'unknown' },
    });
  });

  it('leaves it to the caller to make a heavy request smaller', async () => {
    inTurn(html(504));

    await expect(client.http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.too_heavy' });
    expect(server.seen).toHaveLength(1);
  });

  it('hands a refusal on with what amoCRM found', async () => {
    inTurn({
      status: 400,
      body: { 'validation-errors': [{ request_id: '0', errors: [{ code: 'TooLong', path: 'name' }] }] },
    });

    await expect(client.http.send(WRITE, CALL)).rejects.toMatchObject({
      code: 'crm.refused',
      problem: { status: 400, entries: [{ requestId: '0', issues: [{ code: 'TooLong', path: 'name' }] }] },
    });
  });

  it('does not send what comes too late', async () => {
    inTurn({ body: { id: 17 } });

    await expect(client.http.send(WRITE, { ...CALL, sendBefore: new Date(Date.now() - 1) })).rejects.toMatchObject({
      code: 'crm.busy',
    });
    await expect(client.http.send(WRITE, { ...CALL, sendBefore: new Date(Date.now() + 60_000) })).resolves.toEqual({
      id: 17,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('cuts a read off when its caller leaves, never a write', async () => {
    const abort = new AbortController();
    server.play(({ method }) => {
      abort.abort(new Error('left'));
      return method === 'GET' ? new Promise<never>(() => undefined) : { body: { done: true } };
    });

    await expect(client.http.send(WRITE, { ...CALL, signal: abort.signal })).resolves.toEqual({ done: true });
    await expect(client.http.send(READ, { ...CALL, signal: abort.signal })).rejects.toThrow('left');
    expect(server.seen).toHaveLength(1);

    const later = new AbortController();
    server.play(() => {
      later.abort(new Error('left later'));
      return new Promise<never>(() => undefined);
    });
    await expect(client.http.send(READ, { ...CALL, signal: later.signal })).rejects.toThrow('left later');
  });
});

const unusedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
};
