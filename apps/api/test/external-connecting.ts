import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { DisposableTokens, INTEGRATIONS, type Integrations } from '#application/crm/index.js';
import type { CrmHttpHouse } from './crm-http-house.js';

const SECRET = 'a-secret-that-amocrm-delivers';
const HOST = 'demo.amocrm.ru';

interface Button {
  readonly state: string;
  readonly expiresAt: string;
}
interface Shown {
  readonly state: string;
  readonly nextStep: { readonly code: string } | null;
  readonly grants: readonly { readonly clientId: string; readonly integration: string }[];
}

/** The ways of an integration that a site's button makes, over HTTP; part of the suite of the connection. */
export const externalConnecting = (http: () => CrmHttpHouse): void => {
  let workspaceId: WorkspaceId;
  let clientId: string;

  beforeEach(() => {
    [workspaceId, clientId] = [asId<WorkspaceId>(v7()), v7()];
    // A minute for each: deliveries have a rate.
    http().house.clock.advance(60_000);
  });

  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, workspace = workspaceId) =>
    http().ask({ method, path, body, headers: { 'x-workspace': workspace } });
  const start = async (workspace = workspaceId) =>
    (await ask('POST', 'connection/start', { kind: 'external' }, workspace)).json<Button>();
  const shown = async (workspace = workspaceId) => (await ask('GET', 'connection', undefined, workspace)).json<Shown>();
  const send = (payload: string | object, type = 'application/json') =>
    http().app.inject({ method: 'POST', url: '/hooks/amocrm-secrets', payload, headers: { 'content-type': type } });
  const deliver = (changes: object) => send({ client_id: clientId, client_secret: SECRET, ...changes });
  const codeOf = async (answer: ReturnType<typeof send>) => (await answer).json<{ code: string }>().code;
  const callback = (query: Record<string, string>) =>
    http().app.inject({
      method: 'GET',
      url: '/api/v1/crm/oauth/callback',
      query: { code: 'code', referer: HOST, ...query },
      headers: { 'accept-language': 'en' },
    });
  const rows = (text: string, values: readonly unknown[] = [workspaceId]) =>
    http().database.owner.query<Record<string, unknown>[]>(text, [...values]);
  const stored = () => rows('SELECT client_id, client_secret FROM external_integrations WHERE workspace_id = $1');
  const connect = async (workspace = workspaceId, client = clientId) => {
    const { state } = await start(workspace);
    expect((await deliver({ client_id: client, state })).statusCode).toBe(200);
    expect((await callback({ state })).statusCode).toBe(200);
    return state;
  };
  const uninstall = (client: string, account = 31) => {
    const signature = createHmac('sha256', SECRET).update(`${client}|${account}`).digest('hex');
    const query = { account_id: String(account), client_uuid: client, signature };
    return http().app.inject({ method: 'GET', url: '/hooks/amocrm-uninstall', query });
  };

  describe('an integration that a site’s button makes', () => {
    it('is delivered, then used for its own sign-in, and keeps its secret sealed', async () => {
      const started = await ask('POST', 'connection/start', { kind: 'external', platform: 'amocrm' });
      const { state, expiresAt, ...rest } = started.json<Button>();
      expect([started.statusCode, rest]).toEqual([
        200,
        {
          secretsUri: 'https://crm.example.com/hooks/amocrm-secrets',
          redirectUri: 'https://crm.example.com/api/v1/crm/oauth/callback',
          scopes: ['crm'],
        },
      ]);
      expect(Date.parse(expiresAt) - http().house.clock.now().getTime()).toBe(20 * 60_000);
      expect((await shown()).nextStep?.code).toBe('await_secrets');

      const delivered = await deliver({ state, name: 'Ромашка', scopes: ['crm'] });
      expect([delivered.statusCode, delivered.json()]).toEqual([200, {}]);
      expect((await shown()).nextStep?.code).toBe('connect');
      expect((await callback({ state, client_id: clientId })).body).toContain('amoCRM is connected');
      expect(http().house.amo.exchanged.at(-1)).toMatchObject({ clientId });
      expect(await shown()).toMatchObject({
        state: 'active',
        nextStep: null,
        grants: [{ clientId, integration: 'external' }],
      });

      // The same delivery may be late.
      expect((await deliver({ state })).statusCode).toBe(200);
      const [row, ...others] = await stored();
      expect([row?.client_id, others]).toEqual([clientId, []]);
      expect(JSON.stringify(row)).not.toContain(SECRET);
      const audit = await rows(
        `SELECT command, actor_id, entity_id FROM audit_log WHERE workspace_id = $1 AND entity_type = 'crm.integration'`,
      );
      expect(audit).toEqual([{ command: 'TakeSecrets', actor_id: http().house.userId, entity_id: clientId }]);
    });

    it('may be delivered after the way back: that is waited for, then told, and nothing is used up', async () => {
      const { state } = await start();
      const early = await callback({ state });
      expect([early.statusCode, early.body]).toEqual([409, expect.stringContaining('has not delivered the keys')]);
      // An injected request is only made once somebody waits for it.
      const waiting = Promise.resolve(callback({ state }));
      expect((await deliver({ state })).statusCode).toBe(200);
      expect((await waiting).statusCode).toBe(200);
      expect((await callback({ state })).statusCode).toBe(422);
    });

    it.each<[string, Record<string, string>]>([
      ['is refused', { error: 'access_denied' }],
      ['is for another integration', { client_id: 'another' }],
      ['names no host of amoCRM', { referer: 'evil.example' }],
    ])('is forgotten when the answer %s', async (_, answer) => {
      const { state } = await start();
      await deliver({ state });
      expect((await callback({ state, ...answer })).statusCode).toBe(422);
      expect(await stored()).toEqual([]);
      expect(await codeOf(deliver({ state }))).toBe('crm.oauth_state_unknown');
    });

    it('that nobody came back with goes with a later start', async () => {
      const { state } = await start();
      await deliver({ state });
      await rows(
        `UPDATE external_integrations SET delivered_at = now() - interval '2 hours' WHERE workspace_id = $1 RETURNING 1`,
      );
      await start();
      expect(await stored()).toEqual([]);
    });

    it.each([
      ['disconnecting', () => ask('DELETE', 'connection')],
      ['the uninstall notice', () => uninstall(clientId)],
    ])('loses its secret by %s', async (_, end) => {
      await connect();
      expect((await end()).statusCode).toBeLessThan(300);
      expect([(await shown()).state, await stored()]).toEqual(['disconnected', []]);
      expect((await uninstall(clientId)).statusCode).toBe(403);
    });

    it('keeps its secret while one of its grants is in reserve', async () => {
      await connect();
      const first = clientId;
      clientId = v7();
      await connect();
      expect((await stored()).map((row) => row.client_id).sort()).toEqual([first, clientId].sort());
      await uninstall(clientId);
      expect(await shown()).toMatchObject({ state: 'active', grants: [{ clientId: first, integration: 'external' }] });
      expect((await stored()).map((row) => row.client_id)).toEqual([first]);
    });
  });

  describe('a delivery', () => {
    const given = async (path: string) =>
      new URL((await ask('POST', path)).json<{ authorizeUrl: string }>().authorizeUrl).searchParams.get('state');

    it('needs the state of a button that waits', async () => {
      const { state } = await start();
      await rows(`UPDATE oauth_states SET expires_at = now() WHERE workspace_id = $1 RETURNING 1`);
      for (const wrong of [state, 'guess', null, await given('connection/start')]) {
        expect(await codeOf(deliver({ state: wrong }))).toBe('crm.oauth_state_unknown');
      }
      expect(await stored()).toEqual([]);
    });

    it('is the only one of its sign-in, and names no integration that is known otherwise', async () => {
      const { state } = await start();
      expect(await codeOf(deliver({ state, client_id: 'client-1' }))).toBe('crm.secrets_refused');
      const both = await Promise.all([deliver({ state }), deliver({ state, client_id: v7() })]);
      expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
      const [taken] = await stored();
      const known = { state, client_id: taken?.client_id };
      expect((await deliver(known)).statusCode).toBe(200);
      expect(await codeOf(deliver({ ...known, client_secret: 'another' }))).toBe('crm.secrets_refused');
      const stranger = await start(asId<WorkspaceId>(v7()));
      expect(await codeOf(deliver({ ...known, state: stranger.state }))).toBe('crm.secrets_refused');
    });

    it.each([
      ['no object', '[]'],
      ['half of one', '{"client_id":'],
      ['nothing of use', '{"nonsense":1}'],
      ['no state', '{"client_id":"x","client_secret":"y"}'],
      ['an empty secret', '{"client_id":"x","client_secret":"","state":"z"}'],
      ['an object for a secret', '{"client_id":"x","client_secret":{},"state":"z"}'],
      ['an id of other letters', '{"client_id":"x\\u0000y","client_secret":"y","state":"z"}'],
    ])('with %s is refused', async (_, body) => {
      expect((await send(body)).statusCode).toBe(422);
    });

    it('is small, and JSON', async () => {
      expect((await deliver({ state: 'x', name: 'x'.repeat(17_000) })).statusCode).toBe(413);
      expect((await send('<a/>', 'application/xml')).statusCode).toBe(415);
    });

    it('comes so often from one address, and leaves no secret in the log', async () => {
      const answers = await Promise.all(Array.from({ length: 61 }, () => deliver({ state: 'guess' })));
      const slowed = answers.filter(({ statusCode }) => statusCode === 429);
      expect(slowed.map(({ headers }) => headers['retry-after'])).toEqual(['1']);
      expect(http().logged.join('')).toContain('crm.oauth_state_unknown');
      expect(http().logged.join('')).not.toContain(SECRET);
    });

    it('is for buttons only: an account is not named beforehand', async () => {
      const answer = await ask('POST', 'connection/start', { kind: 'external', account: HOST });
      expect([answer.statusCode, answer.json()]).toMatchObject([422, { errors: [{ path: 'account' }] }]);
    });
  });

  describe('a secret of one workspace', () => {
    it('serves no other: not for tokens of a page, not for notices, not for installs', async () => {
      await connect();
      const other = asId<WorkspaceId>(v7());
      const otherClient = v7();
      await connect(other, otherClient);
      // As if the other workspace had been granted something through the first one's integration, too.
      await rows('UPDATE amo_connections SET client_id = $2 WHERE workspace_id = $1 RETURNING 1', [other, clientId]);

      const found = await http().house.module.get<Integrations>(INTEGRATIONS).find(clientId);
      expect([found?.owner, found?.clientSecret]).toEqual([workspaceId, SECRET]);
      const read = await http().house.module.get(DisposableTokens).read(tokenOf(clientId));
      expect(read).toMatchObject({ accepted: true, visitor: { workspaceId } });
      const foreign = await http().house.module.get(DisposableTokens).read(tokenOf(otherClient));
      expect(foreign).toEqual({ accepted: false, reason: 'account_not_connected' });

      expect((await uninstall(clientId)).statusCode).toBe(200);
      expect([(await shown()).state, (await shown(other)).state]).toEqual(['disconnected', 'active']);
      const exchanged = http().house.amo.exchanged.length;
      await callbackOfInstall(otherClient);
      expect(http().house.amo.exchanged).toHaveLength(exchanged);
    });

    const callbackOfInstall = (client: string) =>
      http().app.inject({
        method: 'GET',
        url: '/api/v1/crm/oauth/callback',
        query: { code: 'code', referer: HOST, from_widget: '1', client_id: client },
      });

    const tokenOf = (client: string): string => {
      const now = Math.floor(http().house.clock.now().getTime() / 1_000);
      const claims = {
        iss: `https://${HOST}`,
        aud: 'https://crm.example.com',
        jti: v7(),
        iat: now,
        nbf: now,
        exp: now + 1_800,
        account_id: 31,
        user_id: 5,
        client_uuid: client,
      };
      const text = [{ typ: 'JWT', alg: 'HS256' }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`;
    };
  });
};
