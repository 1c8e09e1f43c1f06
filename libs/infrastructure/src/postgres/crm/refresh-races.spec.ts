import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { anAmoClient, type TestClient } from '#testing/amocrm/amo-client.js';
import { type ScriptedAnswer, ScriptedServer } from '#testing/amocrm/scripted-server.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

/* The clients stand for processes: they share nothing but the database. */

const REVOKED: ScriptedAnswer = { status: 401, body: { hint: 'Token has been revoked', status: 401 } };
const READ = { method: 'GET', path: '/api/v4/account' } as const;

let database: TestDatabase;
let house: CrmHouse;
let server: ScriptedServer;
let grants: AmoGrants;
let workspaceId: WorkspaceId;
let clients: readonly TestClient[];

beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database);
  server = await ScriptedServer.start();
  grants = house.module.get<AmoGrants>(AMO_GRANTS);
  const config = { baseUrl: server.origin, clientId: 'client-1', requestTimeoutMs: 2_000 };
  clients = [0, 1, 2].map(() => anAmoClient(grants, config));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server.close();
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  workspaceId = asId<WorkspaceId>(v7());
  await house.connect(workspaceId);
  await database.owner.query(
    'UPDATE amo_connections SET base_url = $2, access_expires_at = $3 WHERE workspace_id = $1',
    [workspaceId, server.origin, new Date(Date.now() + 86_400_000)],
  );
});

/** amoCRM: a refresh ends the pair before it. `lost` answers are cut after they took effect, or not at all. */
const play = (lost: 'after' | 'before' | null) => {
  let current = 'code';
  let turn = 0;
  server.play(({ path, token, body }) => {
    if (path !== '/oauth2/access_token') return token === `access-next-${turn}` ? { body: { id: 31 } } : REVOKED;
    if (lost === 'before' && turn++ === 0) return { trouble: 'cut' };
    if ((body as { refresh_token: string }).refresh_token !== `refresh-${current}`) return REVOKED;
    current = `next-${lost === 'before' ? turn : ++turn}`;
    if (lost === 'after' && turn === 1) return { trouble: 'cut' };
    return { body: { access_token: `access-${current}`, refresh_token: `refresh-${current}`, expires_in: 86_400 } };
  });
};
const refreshes = () => server.seen.filter(({ path }) => path === '/oauth2/access_token').length;
const ask = (client: TestClient) => house.as('system', () => client.http.send(READ, { lane: 'person' }), workspaceId);
const stateOf = async () =>
  (
    await database.owner.query<{ state: string; lease: string | null }[]>(
      'SELECT state, refresh_lease_id AS lease FROM amo_connections WHERE workspace_id = $1',
      [workspaceId],
    )
  )[0];

describe('refreshing from several processes', () => {
  it('is done by one of them, once; all go on with its pair', async () => {
    play(null);
    const answers = await Promise.all(clients.flatMap((client) => [ask(client), ask(client), ask(client)]));
    expect(answers).toEqual(Array(9).fill({ id: 31 }));
    expect(refreshes()).toBe(1);
    expect(await stateOf()).toEqual({ state: 'active', lease: null });
  });

  it('is tried once more with the old refresh token when the answer was lost', async () => {
    play('before');
    const answers = await Promise.all(clients.map(ask));
    expect(answers).toEqual(Array(3).fill({ id: 31 }));
    expect(refreshes()).toBe(2);
    expect(await stateOf()).toEqual({ state: 'active', lease: null });
  });

  it('needs a person when the lost answer was the only one that held the pair, after one more try', async () => {
    play('after');
    const answers = await Promise.allSettled(clients.map(ask));
    expect(answers.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(refreshes()).toBe(2);
    expect(await stateOf()).toEqual({ state: 'reconnect_needed', lease: null });
  });
});
