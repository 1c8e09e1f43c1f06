import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KEY_SCOPES } from '#domain/identity/api-key.js';
import { storeAccount } from '#testing/crm/connected-account.js';
import { PUBLIC_PATHS, SESSION_PATHS } from '../src/openapi/public-paths.js';
import { type ApiHouse, apiHouse, INTEGRATION } from './api-house.js';
import { type Headers, memberOf, visitorOf } from './members.js';
import { type SampleOperation, sampleOperations } from './sample-request.js';

/*
 * Two workspaces on one server, each with an account of amoCRM through the same integration. Whoever belongs to the one calls
 * every route with the ids of the other: by session, by API key, from a page of amoCRM.
 */

const MARKER = 'Чужая-тайна-7f3a';
const [OUR_ACCOUNT, THEIR_ACCOUNT] = [31, 32];
const [OUR_ORIGIN, THEIR_ORIGIN] = ['https://demo.amocrm.ru', 'https://other.amocrm.ru'];
const THEIR_CONTACT = 'contacts/4711';

let house: ApiHouse;
let operations: readonly SampleOperation[];
let theirWorkspaceId: string;
let callers: Readonly<Record<string, () => Headers>>;
let them: Headers;
/** A second client of theirs, linked to the first one. */
let theirOtherId: string;
/** An id of theirs for each path that takes one, the longest fitting start of a path counts. */
let theirIds: Readonly<Record<string, string>>;

const inject = (method: SampleOperation['method'], url: string, headers: Headers, payload?: object) =>
  house.fastify.inject({ method, url, headers, ...(payload && { payload }) });

const made = async (url: string, payload: object, headers: Headers): Promise<Readonly<Record<string, string>>> => {
  const answer = await inject('POST', url, headers, payload);
  expect([url, answer.statusCode]).toEqual([url, answer.statusCode === 202 ? 202 : 201]);
  return answer.json<Record<string, string>>();
};

const keyOf = async (headers: Headers): Promise<Headers> => {
  const terms = { name: MARKER, scopes: KEY_SCOPES, requestsPerSecond: 1_000, burst: 10_000 };
  return { 'x-api-key': (await made('/api/v1/api-keys', terms, headers))['key']! };
};

beforeAll(async () => {
  house = await apiHouse();
  operations = sampleOperations(house.document).filter(({ path }) => !PUBLIC_PATHS.has(path));
  const { owner } = house.database;
  const [ours] = await owner.query<{ id: string }[]>('SELECT id FROM workspaces');
  theirWorkspaceId = randomUUID();
  await owner.query('INSERT INTO workspaces (id, name) VALUES ($1, $2)', [theirWorkspaceId, MARKER]);
  const clientId = INTEGRATION.AMOCRM_CLIENT_ID;
  await storeAccount(owner, { workspaceId: ours!.id, accountId: OUR_ACCOUNT, baseUrl: OUR_ORIGIN, clientId });
  await storeAccount(owner, {
    workspaceId: theirWorkspaceId,
    accountId: THEIR_ACCOUNT,
    baseUrl: THEIR_ORIGIN,
    clientId,
  });
  await owner.query('UPDATE amo_connections SET account_name = $1 WHERE account_id = $2', [MARKER, THEIR_ACCOUNT]);

  const us = await memberOf(house, ours!.id, 'admin');
  const key = await keyOf(us);
  await owner.query(`UPDATE api_keys SET name = 'ours'`);
  await owner.query(`DELETE FROM audit_log WHERE workspace_id = $1`, [ours!.id]);
  callers = { session: () => us, key: () => key, page: () => visitorOf(OUR_ACCOUNT, OUR_ORIGIN, true) };
  them = await memberOf(house, theirWorkspaceId, 'admin');
  theirIds = await theirRecords();
});
afterAll(() => house.close());

const theirRecords = async (): Promise<Readonly<Record<string, string>>> => {
  const theirKey = await keyOf(them);
  const hookToken = await made('/api/v1/crm/hook-tokens', { name: MARKER, kind: 'account' }, them);
  const hook = { method: 'POST', url: hookToken['path']!, payload: `text=${MARKER}` } as const;
  expect((await house.fastify.inject(hook)).statusCode).toBe(200);
  await house.database.owner.query(`UPDATE hook_inbox SET state = 'ignored', outcome = 'no_event'`);
  const period = { from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', dryRun: true };
  const replay = await made('/api/v1/crm/hooks/replays', period, them);
  const copy = await made('/api/v1/deals/copies', { sourceIds: [1], options: { nameTemplate: MARKER } }, theirKey);
  const transfer = await made('/api/v1/deals/transfers', { sourceIds: [1], options: { stageId: 142 } }, theirKey);
  const invitee = { email: 'invited@example.com', role: 'viewer', name: MARKER };
  const invitation = await made('/api/v1/members/invitations', invitee, them);
  const client = await made('/api/v1/clients', { name: MARKER }, them);
  const friend = await made('/api/v1/clients', { kind: 'company', name: `${MARKER} 2` }, them);
  theirOtherId = friend['id']!;
  const link = `/api/v1/clients/${client['id']!}/links/${theirOtherId}`;
  expect((await inject('PUT', link, them, {})).statusCode).toBeLessThan(300);
  const contact = `/api/v1/clients/${client['id']!}/amocrm-links/${THEIR_CONTACT}`;
  expect((await inject('PUT', contact, them)).statusCode).toBe(204);
  const upload = await house.fastify.inject({
    method: 'POST',
    url: `/api/v1/files?name=${encodeURIComponent(MARKER)}.txt`,
    headers: { ...them, 'content-type': 'text/plain' },
    payload: MARKER,
  });
  const file = upload.json<{ id: string }>();
  const said = { clientId: client['id'], text: MARKER, fileIds: [file.id] };
  const comment = await made('/api/v1/comments', said, them);
  const interaction = await made('/api/v1/interactions', { clientId: client['id'], kind: 'call', text: MARKER }, them);
  await house.database.owner.query(
    `INSERT INTO member_notifications (workspace_id, member_id, id, kind, entry_id, client_id, created_at)
     SELECT $1, user_id, gen_random_uuid(), 'mention', $2, $3, now() FROM memberships WHERE workspace_id = $1 LIMIT 1`,
    [theirWorkspaceId, comment['id'], client['id']],
  );
  const titles = { ru: MARKER, en: MARKER };
  const dictionary = await made('/api/v1/dictionaries', { code: 'secret', titles }, them);
  const entry = await made(`/api/v1/dictionaries/${dictionary['id']!}/entries`, { titles }, them);
  const field = await made('/api/v1/clients/fields', { code: 'secret', type: 'text', title: MARKER }, them);
  const view = await made('/api/v1/clients/views', { title: MARKER, query: {} }, them);
  const id = async (table: string, column = 'id') => {
    const sql = `SELECT ${column} AS id FROM ${table} WHERE workspace_id = $1 LIMIT 1`;
    return (await house.database.owner.query<{ id: string }[]>(sql, [theirWorkspaceId]))[0]!.id;
  };
  return {
    '/api/v1/api-keys/{id}': await id('api_keys'),
    '/api/v1/auth/sessions/{id}': await id('sessions'),
    '/api/v1/clients/{id}': client['id']!,
    '/api/v1/clients/fields/{id}': field['id']!,
    '/api/v1/clients/views/{id}': view['id']!,
    '/api/v1/comments/{id}': comment['id']!,
    '/api/v1/crm/hook-tokens/{id}': hookToken['id']!,
    '/api/v1/crm/hooks/{id}': await id('hook_inbox'),
    '/api/v1/crm/hooks/replays/{id}': replay['id']!,
    '/api/v1/deals/copies/{id}': copy['id']!,
    '/api/v1/deals/transfers/{id}': transfer['id']!,
    '/api/v1/dictionaries/{id}': dictionary['id']!,
    '/api/v1/dictionary-entries/{id}': entry['id']!,
    '/api/v1/files/{id}': file.id,
    '/api/v1/interactions/{id}': interaction['id']!,
    '/api/v1/mails/{id}': await id('outgoing_mails'),
    '/api/v1/notifications/{id}': await id('member_notifications'),
    '/api/v1/members/{id}': await id('memberships', 'user_id'),
    '/api/v1/members/invitations/{id}': invitation['id']!,
  };
};

/** The path with an id of theirs; undefined for one that takes none. */
const theirAddress = (path: string): string | undefined => {
  if (!/\{(?!role\}|token\})\w+\}/.test(path)) return undefined;
  const [known] = Object.keys(theirIds).filter((start) => path.startsWith(start));
  // A new kind of record needs one of theirs above.
  if (known === undefined) throw new Error(`No record of the other workspace for ${path}`);
  return path
    .replace(/\{\w+\}/, theirIds[known]!)
    .replace('{otherId}', theirOtherId)
    .replace('{entity}/{amoId}', THEIR_CONTACT);
};

/** Every row of theirs, as text; when a credential was last seen is no change. */
const theirRows = async (): Promise<string> => {
  const { owner } = house.database;
  const tables = await owner.query<{ name: string }[]>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE a.attname = 'workspace_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  const rows = [];
  for (const { name } of tables) {
    const sql = `SELECT to_jsonb(t) AS row FROM ${name} t WHERE workspace_id = $1 ORDER BY to_jsonb(t)::text`;
    rows.push([name, await owner.query<object[]>(sql, [theirWorkspaceId])]);
  }
  return JSON.stringify(rows);
};

describe("another workspace's records", () => {
  it('are there, for whom they belong to', async () => {
    const shown: string[] = [];
    for (const { method, path } of operations) {
      const address = theirAddress(path);
      if (method !== 'GET' || address === undefined || path.endsWith('/events')) continue;
      const answer = await inject('GET', address, them);
      expect([path, answer.statusCode]).toEqual([path, 200]);
      if (answer.body.includes(MARKER)) shown.push(path);
    }
    expect(shown).toEqual(
      expect.arrayContaining(['/api/v1/api-keys/{id}', '/api/v1/crm/hook-tokens/{id}', '/api/v1/deals/copies/{id}']),
    );
    expect(await theirRows()).toContain(MARKER);
  });

  it.each(['session', 'key', 'page'])('do not exist for who comes by %s, and stay as they are', async (who) => {
    const before = await theirRows();
    const leaks: string[] = [];
    let asked = 0;
    for (const { name, method, path, payload } of operations) {
      const address = theirAddress(path);
      if (address === undefined) continue;
      const answer = await inject(method, address, callers[who]!(), payload);
      asked++;
      const refusals = SESSION_PATHS.has(path) && who !== 'session' ? [401] : [403, 404];
      if (!refusals.includes(answer.statusCode) || answer.body.includes(MARKER)) {
        leaks.push(`${name}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(asked).toBeGreaterThan(25);
    expect(await theirRows()).toBe(before);
  });

  it.each(['session', 'key', 'page'])('are in no list, file or card that %s sees', async (who) => {
    const filters = [
      '',
      `?hookTokenId=${theirIds['/api/v1/crm/hook-tokens/{id}']}`,
      `?actorId=${theirIds['/api/v1/api-keys/{id}']}`,
      `?entityId=${theirIds['/api/v1/deals/copies/{id}']}`,
    ];
    // An export notes what it was asked for: what we ask below must not look like what we were told.
    await house.database.owner.query('DELETE FROM audit_log WHERE workspace_id <> $1', [theirWorkspaceId]);
    const statuses = new Set<number>();
    for (const { method, path, query } of operations) {
      if (method !== 'GET' || theirAddress(path) !== undefined) continue;
      for (const filter of filters) {
        const { statusCode, body } = await inject('GET', `${path}${query || filter}`, callers[who]!());
        statuses.add(statusCode);
        expect([path, body.includes(MARKER)]).toEqual([path, false]);
        for (const id of Object.values(theirIds)) expect([path, body.includes(id)]).toEqual([path, false]);
      }
    }
    expect(statuses).toContain(200);
    const own = await Promise.all(['/api/v1/audit', '/api/v1/api-keys'].map((path) => inject('GET', path, them)));
    expect(own.map(({ body }) => body.includes(MARKER))).toEqual([true, true]);
  });

  it('cannot be meant by an id in a body either', async () => {
    const body = {
      from: '2020-01-01T00:00:00Z',
      to: '2099-01-01T00:00:00Z',
      hookTokenId: theirIds['/api/v1/crm/hook-tokens/{id}'],
    };
    const before = await theirRows();
    for (const who of ['session', 'key']) {
      const answer = await inject('POST', '/api/v1/crm/hooks/replays', callers[who]!(), body);
      expect([answer.statusCode, answer.json()]).toMatchObject(
        answer.statusCode === 202 ? [202, { total: 0 }] : [404, { code: 'crm.hook_token_unknown' }],
      );
    }
    expect(await theirRows()).toBe(before);
  });

  it("are not opened by a credential of theirs that is sent with somebody else's words", async () => {
    const me = async (headers: Headers) =>
      (await inject('GET', '/api/v1/auth/me', headers)).json<{ workspaceId: string }>();
    const [here, there] = [
      await me(visitorOf(OUR_ACCOUNT, OUR_ORIGIN, true)),
      await me(visitorOf(THEIR_ACCOUNT, THEIR_ORIGIN, true)),
    ];
    expect(there.workspaceId).toBe(theirWorkspaceId);
    expect(here.workspaceId).not.toBe(theirWorkspaceId);
    const mixed = await inject('GET', '/api/v1/auth/me', visitorOf(THEIR_ACCOUNT, OUR_ORIGIN, true));
    expect(mixed.statusCode).toBe(401);
  });

  it('are not reached by a role that was changed here', async () => {
    const permissions = ['identity:read-self'];
    expect((await inject('PUT', '/api/v1/roles/viewer', callers['session']!(), { permissions })).statusCode).toBe(200);
    const roles = (await inject('GET', '/api/v1/roles', them)).json<{ items: { role: string; version: number }[] }>();
    expect(roles.items.map(({ version }) => version)).toEqual([0, 0, 0, 0]);
    const viewer = await memberOf(house, theirWorkspaceId, 'viewer');
    expect((await inject('GET', '/api/v1/deals/copies', viewer)).statusCode).toBe(200);
  });
});
