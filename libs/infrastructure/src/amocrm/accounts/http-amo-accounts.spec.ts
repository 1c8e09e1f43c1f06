import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anAmoClient, EndlessBudget } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html, type ScriptedAnswer } from '#testing/amocrm/scripted-server.js';
import { HttpAmoAccounts } from './http-amo-accounts.js';

const FIELDS = '/api/v4/leads/custom_fields';
const list = (name: string, rows: readonly object[], next = false): ScriptedAnswer => ({
  body: { _links: next ? { next: {} } : {}, _embedded: { [name]: rows } },
});
const marker = { id: 77, name: 'Marker', type: 'text', code: 'SDELKA_COPY' };

describe('HttpAmoAccounts', () => {
  let server: ScriptedServer;
  let grants: InMemoryGrants;
  let budget: EndlessBudget;
  let accounts: HttpAmoAccounts;

  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  beforeEach(() => {
    grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
    budget = new EndlessBudget();
    const client = anAmoClient(grants, { baseUrl: server.origin }, budget);
    accounts = new HttpAmoAccounts(client.http, client.transport, { now: () => new Date(0) });
  });
  afterAll(() => server.close());

  it('asks a fresh token whose it is, without a stored grant', async () => {
    grants.state = 'disconnected';
    server.play(() => ({ body: { id: 31_415_926, name: 'Demo', subdomain: 'demo' } }));

    await expect(accounts.identify(server.origin, 'fresh')).resolves.toEqual({
      accountId: 31_415_926,
      name: 'Demo',
      subdomain: 'demo',
    });
    expect(server.seen).toMatchObject([{ path: '/api/v4/account', token: 'fresh' }]);

    server.play(() => html(403));
    await expect(accounts.identify(server.origin, 'fresh')).rejects.toMatchObject({ code: 'crm.account_blocked' });
    server.play(() => html(401));
    await expect(accounts.identify(server.origin, 'fresh')).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
    expect(grants.reasons).toEqual([]);
  });

  it.each([
    ['its own integration', `x.${btoa(JSON.stringify({ aud: 'external' }))}.y`, 'external'],
    ['the configured one, where it does not say which', 'fresh', 'test'],
  ])('counts the requests of a fresh token for %s', async (_, token, clientId) => {
    server.play(() => ({ body: { id: 5 } }));
    await accounts.identify(server.origin, token);
    expect(budget.tickets.map(({ key }) => key)).toEqual(Array(2).fill({ accountId: 5, clientId }));
  });

  it.each([
    ['read', 'blocked', 200, 'active'],
    ['read', 'blocked', 403, 'blocked'],
    ['read', 'blocked', 402, 'subscription_ended'],
    ['write', 'subscription_ended', 400, 'active'],
    ['write', 'subscription_ended', 402, 'subscription_ended'],
    ['read', 'reconnect_needed', 200, 'active'],
    ['read', 'active', 500, 'active'],
  ] as const)('probes with one %s while %s: after %i it is %s', async (kind, before, status, after) => {
    grants.state = before;
    const body = { id: 1, title: 'Bad Request', status };
    server.play(() => (status === 200 || status === 400 ? { status, body } : html(status)));

    await accounts.probe(kind).catch((error: unknown) => expect(error).toHaveProperty('code'));
    expect(grants.state).toBe(after);
    expect(server.seen).toMatchObject([
      kind === 'write'
        ? { method: 'POST', path: '/api/v4/leads', body: [] }
        : { method: 'GET', path: '/api/v4/account' },
    ]);
  });

  it('probes with a fresh token where the old one has expired', async () => {
    grants.state = 'blocked';
    grants.grant = { ...grants.grant, accessExpiresAt: new Date(0) };
    const fresh = { access_token: 'fresh', refresh_token: 'next', expires_in: 86_400 };
    server.play(({ path, token }) => {
      if (path === '/oauth2/access_token') return { body: fresh };
      return token === 'fresh' ? { body: { id: 1 } } : html(401);
    });

    await accounts.probe('read');
    expect([grants.state, grants.grant.accessToken]).toEqual(['active', 'fresh']);
  });

  it('reads the whole directory, every page of it', async () => {
    const users = Array.from({ length: 251 }, (_, index) => ({
      id: index + 1,
      name: `U${index}`,
      email: 'u@x.ru',
      rights: { is_active: index > 0, is_admin: index === 1 },
    }));
    const status = (id: number, sort: number, type = 0) => ({ id, name: `S${id}`, sort, type });
    server.play(({ path, query }) => {
      const at = Number(query.get('page') ?? 1) - 1;
      const answers: Record<string, ScriptedAnswer> = {
        '/api/v4/account': {
          body: {
            id: 5,
            name: 'Demo',
            subdomain: 'demo',
            is_api_filter_enabled: true,
            _embedded: { task_types: [{ id: 1, name: 'Call' }], datetime_settings: { timezone: 'Asia/Yekaterinburg' } },
          },
        },
        '/api/v4/leads/pipelines': list('pipelines', [
          { id: 31, name: 'Second', sort: 2, is_main: false, is_archive: true, _embedded: { statuses: [] } },
          {
            id: 30,
            name: 'First',
            sort: 1,
            is_main: true,
            is_archive: false,
            _embedded: { statuses: [status(143, 11_000), status(142, 10_000), status(8, 20), status(7, 10, 1)] },
          },
        ]),
        '/api/v4/users': list('users', users.slice(at * 250, at * 250 + 250), at === 0),
        [FIELDS]: list('custom_fields', [
          { ...marker, is_api_only: true },
          { id: 78, name: 'Pick', type: 'select', code: null, enums: [{ id: 1, value: 'A' }] },
        ]),
        '/api/v4/catalogs': { status: 403, body: { title: 'Forbidden', status: 403 } },
        '/api/v4/leads/loss_reasons': list('loss_reasons', [{ id: 9, name: 'Price', sort: 1 }]),
      };
      return answers[path] ?? { status: 404, body: {} };
    });
    const directory = await accounts.readDirectory();

    expect(directory).toMatchObject({
      account: { id: 5, name: 'Demo', subdomain: 'demo', timeZone: 'Asia/Yekaterinburg', filtersEnabled: true },
      pipelines: [
        {
          id: 30,
          isMain: true,
          isArchived: false,
          stages: [
            { id: 7, kind: 'unsorted' },
            { id: 8, kind: 'working' },
            { id: 142, kind: 'won' },
            { id: 143, kind: 'lost' },
          ],
        },
        { id: 31, isArchived: true, stages: [] },
      ],
      leadFields: [
        { id: 77, isApiOnly: true, choices: [] },
        { id: 78, code: null, choices: [{ id: 1, value: 'A' }] },
      ],
      taskTypes: [{ id: 1, name: 'Call' }],
      catalogs: [],
      lossReasons: [{ id: 9, name: 'Price' }],
      fetchedAt: new Date(0),
    });
    expect(directory.users).toHaveLength(251);
    expect(directory.users.slice(0, 2)).toMatchObject([
      { isActive: false, isAdmin: false },
      { isActive: true, isAdmin: true },
    ]);
    expect(server.seen).toHaveLength(7);
  });

  describe('the marker field', () => {
    it('is found by its code', async () => {
      server.play(() => list('custom_fields', [{ id: 1, code: null }, marker]));
      await expect(accounts.ensureMarkerField()).resolves.toBe(77);
      expect(server.seen).toHaveLength(1);
    });

    it('is made when it is missing', async () => {
      server.play(({ method }) =>
        method === 'POST' ? { ...list('custom_fields', [marker]), status: 201 } : { status: 204 },
      );

      await expect(accounts.ensureMarkerField()).resolves.toBe(77);
      expect(server.seen[1]?.body).toEqual([
        { name: 'Копия сделки (Sdelka)', type: 'text', code: 'SDELKA_COPY', is_api_only: true },
      ]);
    });

    it.each<[string, ScriptedAnswer]>([
      ['another process was faster', { status: 400, body: { title: 'Bad Request' } }],
      ['the answer was lost', { trouble: 'cut' }],
    ])('is looked for once more when %s', async (_name, answer) => {
      let made = false;
      server.play(({ method }) => {
        if (method === 'GET') return made ? list('custom_fields', [marker]) : { status: 204 };
        made = true;
        return answer;
      });
      await expect(accounts.ensureMarkerField()).resolves.toBe(77);
      expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
    });

    it('is not made up when amoCRM refuses it', async () => {
      server.play(({ method }) =>
        method === 'POST' ? { status: 400, body: { detail: 'no more fields' } } : { status: 204 },
      );
      await expect(accounts.ensureMarkerField()).rejects.toMatchObject({
        code: 'crm.refused',
        message: 'no more fields',
      });
    });
  });
});
