import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { LOST_STAGE_ID, WON_STAGE_ID, type AccountDirectory } from '#domain/crm/directory.js';
import { formatMarker } from '#domain/deals/copy-marker.js';
import type { DealDraft } from '#domain/deals/copy-plan.js';
import { partiesOf } from '#domain/deals/deals-copied.js';
import { asId, type AmoDealId, type CopyItemId } from '#domain/shared/ids.js';
import { createDataSource } from '#infrastructure/postgres/shared/data-source.js';
import { SystemSql } from '#infrastructure/postgres/shared/system-sql.js';
import { anAmoClient, type TestClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { startSandbox, type Sandbox } from '#testing/amocrm/sandbox.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { HttpAmoAccounts } from './accounts/http-amo-accounts.js';
import { PgBudgetStore } from './budget/pg-budget-store.js';
import { SharedRequestBudget } from './budget/shared-request-budget.js';
import { HttpAmoDeals } from './deals/http-amo-deals.js';

const CALL = { lane: 'bulk' } as const;
const ITEM = asId<CopyItemId>('01900000-0000-7000-8000-000000000001');

interface Counters {
  readonly total: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly refused429: number;
}

describe('the client against the sandbox', () => {
  let sandbox: Sandbox;
  let database: TestDatabase;
  let system: DataSource;
  let grants: InMemoryGrants;
  let client: TestClient;
  let deals: HttpAmoDeals;
  let accounts: HttpAmoAccounts;

  beforeAll(async () => {
    sandbox = await startSandbox();
    database = await testDatabase();
    const options = { url: database.url, poolSize: 4, role: 'sdelka_system', applicationName: 'test-amocrm' } as const;
    system = await createDataSource(options).initialize();
  });
  beforeEach(async () => {
    await sandbox.control('reset', {});
    await sandbox.control('settings', { limits: false });
    ({ grants, client } = await connect(100));
    deals = new HttpAmoDeals(client.http, () => 'workspace');
    accounts = new HttpAmoAccounts(client.http, client.transport, { now: () => new Date() });
  });
  afterAll(async () => {
    await system.destroy();
    await database.close();
    await sandbox.stop();
  });

  /** A connection as a process makes it: a code, a pair, a budget on Postgres. */
  const connect = async (perSecond: number) => {
    const { accountId, clientId, clientSecret, redirectUri, authorizationCode, baseUrl } = await sandbox.credentials();
    const config = { baseUrl, clientId, clientSecret, redirectUri };
    const fresh = new InMemoryGrants(anAmoGrant({ baseUrl, accountId, clientId }));
    const pair = await anAmoClient(fresh, config).oauth.exchangeCode(baseUrl, authorizationCode, {
      clientId,
      clientSecret,
      redirectUri,
    });
    fresh.grant = { ...fresh.grant, ...pair };
    const sql = new SystemSql(system);
    const store = new PgBudgetStore((statement, parameters) => sql.rows(statement, parameters));
    return { grants: fresh, client: anAmoClient(fresh, config, new SharedRequestBudget(store, { perSecond })) };
  };
  const seed = async (count: number) =>
    (await sandbox.control<{ ids: number[] }>('deals', { count, tasks: 3, notes: 3, products: 2 })).ids.map((id) =>
      asId<AmoDealId>(id),
    );
  const counters = () => sandbox.control<Counters>('counters');

  it('connects, reads the directory and makes the marker field once', async () => {
    const { accountId, subdomain } = await sandbox.credentials();
    await expect(accounts.identify(sandbox.baseUrl, grants.grant.accessToken)).resolves.toMatchObject({
      accountId,
      subdomain,
    });

    const markerId = await accounts.ensureMarkerField();
    await expect(accounts.ensureMarkerField()).resolves.toBe(markerId);
    const directory = await accounts.readDirectory();

    expect(directory.leadFields).toContainEqual(
      expect.objectContaining({ id: markerId, code: 'SDELKA_COPY', isApiOnly: true, type: 'text' }),
    );
    expect(directory.users.filter(({ isActive }) => !isActive).length).toBeGreaterThan(0);
    expect(directory.users.filter(({ isAdmin }) => isAdmin).length).toBeGreaterThan(0);
    expect(directory.catalogs.map(({ type }) => type)).toContain('products');
    for (const { stages } of directory.pipelines) {
      expect(stages.filter(({ kind }) => kind !== 'working').map(({ kind, id }) => [kind, id])).toEqual([
        ['unsorted', expect.any(Number)],
        ['won', WON_STAGE_ID],
        ['lost', LOST_STAGE_ID],
      ]);
    }
  });

  it('reads 250 deals with tasks, notes and products in few requests', async () => {
    const ids = await seed(250);
    await sandbox.control('counters/reset', {});
    const found = await deals.readDeals(ids, CALL);
    const tasks = await deals.readOpenTasks(ids, CALL);
    const notes = await deals.readNotes(ids, ['common', 'call_in', 'call_out'], CALL);
    const links = await deals.readProductLinks(ids, CALL);

    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(tasks).toHaveLength(750);
    expect(notes.length).toBeGreaterThan(0);
    for (const deal of found) {
      expect(deal.contacts).toHaveLength(1);
      expect(deal.products).toHaveLength(2);
      expect([...(links.get(deal.id) ?? [])].sort(byElement)).toEqual([...deal.products].sort(byElement));
    }
    const { byEndpoint } = await counters();
    expect(byEndpoint['GET /api/v4/leads']).toBe(1);
    expect(byEndpoint['GET /api/v4/tasks']).toBeLessThanOrEqual(4);
    expect(byEndpoint['GET /api/v4/leads/links']).toBe(1);
  });

  it.each(['ignored', 'refused'])('reads the same deals where the paid filters are %s', async (filters) => {
    const ids = await seed(12);
    const withFilters = await deals.readDeals(ids, CALL);
    await sandbox.control('settings', { filters });

    await expect(deals.readDeals(ids, CALL)).resolves.toEqual(withFilters);
  });

  it('writes copies with everything, finds them by their marker, and leaves deleted ones out', async () => {
    const [sourceId] = await seed(1);
    const [source] = await deals.readDeals([sourceId!], CALL);
    const markerId = await accounts.ensureMarkerField();
    const directory = await accounts.readDirectory();
    const marker = { fieldId: markerId, values: [{ value: formatMarker({ sourceDealId: sourceId!, itemId: ITEM }) }] };
    const startedAt = new Date(deals.serverTime().getTime() - 5_000);
    const draft: DealDraft = {
      name: 'Копия',
      price: source!.price,
      pipelineId: source!.pipelineId,
      stageId: workingStageOf(directory, source!.pipelineId),
      responsibleUserId: null,
      fields: [marker],
      tags: ['a', 'b'],
      contacts: source!.contacts,
      companyId: source!.companyId,
    };

    const outcome = await deals.createDeals([{ requestId: 'one', value: draft }], CALL);
    expect(outcome).toMatchObject({ kind: 'written', results: [{ requestId: 'one' }] });
    const copyId = outcome.kind === 'written' ? outcome.results[0]!.dealId : asId<AmoDealId>(0);
    const { catalogId, elementId, quantity, priceId } = source!.products[0]!;
    const deadline = new Date(Date.now() + 3_600_000);
    const written = { kind: 'written' };
    const link = { requestId: 'l', value: { dealId: copyId, catalogId, elementId, quantity, priceId } };
    const task = {
      requestId: 't',
      value: { dealId: copyId, text: 'Call', typeId: 1, responsibleUserId: null, deadline, durationSeconds: 0 },
    };
    const note = {
      requestId: 'n',
      value: {
        dealId: copyId,
        type: 'common',
        params: { text: 'Hi' },
        createdAt: new Date(1_700_000_000_000),
        createdBy: null,
      },
    };
    await expect(deals.linkProducts([link], CALL)).resolves.toMatchObject(written);
    await expect(deals.createTasks([task], CALL)).resolves.toMatchObject(written);
    await expect(deals.createNotes([note], CALL)).resolves.toMatchObject(written);

    const [copy] = await deals.readDeals([copyId], CALL);
    expect(copy).toMatchObject({
      name: 'Копия',
      price: source!.price,
      contacts: source!.contacts,
      companyId: source!.companyId,
    });
    expect(copy!.tags).toEqual(['a', 'b']);
    expect(copy!.products).toEqual([source!.products[0]]);
    expect(await deals.readAllTasks([copyId], CALL)).toMatchObject([{ text: 'Call', dealId: copyId }]);
    expect(await deals.readNotes([copyId], ['common'], CALL)).toMatchObject([
      { params: { text: 'Hi' }, createdAt: new Date(1_700_000_000_000) },
    ]);
    await expect(deals.findMarked(markerId, startedAt, CALL)).resolves.toEqual(
      new Map([[ITEM, { dealId: copyId, ...partiesOf(source!) }]]),
    );

    await sandbox.control(`deals/${copyId}/delete`, {});
    await expect(deals.readDeals([copyId], CALL)).resolves.toEqual([]);
  });

  it('names the bad entry of a batch, and nothing of the batch is written', async () => {
    const directory = await accounts.readDirectory();
    const pipelineId = directory.pipelines[0]!.id;
    const good = {
      name: 'good',
      price: 1,
      pipelineId,
      stageId: workingStageOf(directory, pipelineId),
      responsibleUserId: null,
      fields: [],
      tags: [],
      contacts: [],
      companyId: null,
    };
    const bad = { ...good, name: 'bad', fields: [{ fieldId: 999_999_999, values: [{ value: 'x' }] }] };
    const outcome = await deals.createDeals(
      [
        { requestId: 'g', value: good },
        { requestId: 'b', value: bad },
      ],
      CALL,
    );

    expect(outcome).toMatchObject({ kind: 'refused', attributed: true, rejected: [{ requestId: 'b' }] });
  });

  it('tells lost writes from writes that never left', async () => {
    const [id] = await seed(1);
    const task = {
      requestId: 't',
      value: {
        dealId: id!,
        text: 'Once',
        typeId: 1,
        responsibleUserId: null,
        deadline: new Date(Date.now() + 60_000),
        durationSeconds: 0,
      },
    };
    await sandbox.control('faults', { match: { method: 'POST', path: '/api/v4/tasks' }, kind: 'drop_after', times: 1 });

    await expect(deals.createTasks([task], CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'unknown' },
    });
    expect((await deals.readOpenTasks([id!], CALL)).filter(({ text }) => text === 'Once')).toHaveLength(1);
  });

  it('refreshes when all access tokens expire at once', async () => {
    const [id] = await seed(1);
    const before = grants.grant.accessToken;
    await sandbox.control('tokens/expire', {});
    const answers = await Promise.all(Array.from({ length: 5 }, () => deals.readDeals([id!], CALL)));

    expect(answers.every(([deal]) => deal?.id === id)).toBe(true);
    expect(grants.grant.accessToken).not.toBe(before);
    expect(grants.saved).toHaveLength(1);
  });

  it('needs a person after the integration was taken off', async () => {
    await sandbox.control('install/revoke', {});

    await expect(deals.readDeals([asId<AmoDealId>(1)], CALL)).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
    expect(grants.state).toBe('reconnect_needed');
  });

  it('keeps four processes together within the limit of seven a second', async () => {
    const ids = await seed(1);
    await sandbox.control('settings', { limits: true });
    const processes = await Promise.all(Array.from({ length: 4 }, () => connect(7)));
    await sandbox.control('counters/reset', {});
    const reads = Array.from({ length: 42 }, (_, index) =>
      new HttpAmoDeals(processes[index % 4]!.client.http, () => 'workspace').readDeals(ids, CALL),
    );

    expect((await Promise.all(reads)).every(([deal]) => deal?.id === ids[0])).toBe(true);
    const { refused429 } = await counters();
    // None on a quiet machine; a stall between the grant and the arrival may cost one.
    expect(refused429).toBeLessThanOrEqual(2);
  });
});

const workingStageOf = ({ pipelines }: AccountDirectory, pipelineId: number): number =>
  pipelines.find(({ id }) => id === pipelineId)?.stages.find(({ kind }) => kind === 'working')?.id ?? 0;

const byElement = (a: { elementId: number }, b: { elementId: number }): number => a.elementId - b.elementId;
