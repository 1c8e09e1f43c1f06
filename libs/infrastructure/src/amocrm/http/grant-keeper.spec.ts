import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anAmoClient } from '#testing/amocrm/amo-client.js';
import { InMemoryGrants, anAmoGrant } from '#testing/amocrm/in-memory-grants.js';
import { ScriptedServer, html, type ScriptedAnswer, type SeenRequest } from '#testing/amocrm/scripted-server.js';

const CALL = { lane: 'person' } as const;
const READ = { method: 'GET', path: '/api/v4/account' } as const;
const REVOKED = { status: 401, body: { title: 'Некорректный запрос', hint: 'Token has been revoked', status: 401 } };
const minutes = (count: number) => new Date(Date.now() + count * 60_000);

describe('refreshing the token', () => {
  let server: ScriptedServer;
  let grants: InMemoryGrants;
  const client = () => anAmoClient(grants, { baseUrl: server.origin, requestTimeoutMs: 1_000 });
  const refreshes = () => server.seen.filter(({ path }) => path === '/oauth2/access_token');

  beforeAll(async () => {
    server = await ScriptedServer.start();
  });
  beforeEach(() => {
    grants = new InMemoryGrants(anAmoGrant({ baseUrl: server.origin }));
  });
  afterAll(() => server.close());

  /** amoCRM with rotation: each refresh makes a pair and kills the one before. */
  const play = ({
    alive = 0,
    token,
  }: { alive?: number; token?: (turn: number) => ScriptedAnswer | undefined } = {}) => {
    let current = alive;
    let turn = 0;
    server.play((request: SeenRequest) => {
      if (request.path !== '/oauth2/access_token') {
        return request.token === `access-${current}` ? { body: { id: 1 } } : REVOKED;
      }
      const scripted = token?.(turn++);
      if (scripted) return scripted;
      if ((request.body as { refresh_token: string }).refresh_token !== `refresh-${current}`) return REVOKED;
      current++;
      return { body: pair(current) };
    });
  };

  it('refreshes once after a 401, stores the pair before using it, and repeats the request', async () => {
    play({ alive: 0 });
    grants.grant = { ...grants.grant, accessToken: 'expired' };

    await expect(client().http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    expect(refreshes()).toMatchObject([
      {
        body: {
          client_id: 'client',
          client_secret: 'secret',
          grant_type: 'refresh_token',
          refresh_token: 'refresh-0',
          redirect_uri: 'http://127.0.0.1/callback',
        },
      },
    ]);
    expect(grants.saved).toMatchObject([{ accessToken: 'access-1', refreshToken: 'refresh-1' }]);
    expect(grants.isLeased).toBe(false);
  });

  it('lets one of two processes refresh while many requests need it', async () => {
    play();
    grants.grant = { ...grants.grant, accessToken: 'expired' };
    const [a, b] = [client(), client()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? a : b).http.send(READ, CALL)),
    );

    expect(answers).toEqual(Array(20).fill({ id: 1 }));
    expect(refreshes()).toHaveLength(1);
    expect(grants.saved).toHaveLength(1);
    expect(grants.state).toBe('active');
  });

  it('refreshes ahead of time, and calls with what it has when that fails', async () => {
    play({ token: (turn) => (turn < 2 ? html(502) : undefined) });
    grants.grant = { ...grants.grant, accessExpiresAt: minutes(4) };
    const one = client();

    await expect(one.http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    await expect(one.http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    // Two tries, then no more for a while: the token is still good.
    expect(refreshes()).toHaveLength(2);

    await expect(client().http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    expect(grants.grant.accessToken).toBe('access-1');
  });

  it('tries once more with the old token when the answer was lost', async () => {
    play({ token: (turn) => (turn === 0 ? { trouble: 'cut' } : undefined) });
    grants.grant = { ...grants.grant, accessExpiresAt: minutes(-1) };

    await expect(client().http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    expect(refreshes()).toHaveLength(2);
  });

  it('keeps the connection when the token endpoint is down, and says that nothing was sent', async () => {
    play({ token: () => html(503) });
    grants.grant = { ...grants.grant, accessExpiresAt: minutes(-1) };

    await expect(client().http.send(READ, CALL)).rejects.toMatchObject({
      code: 'crm.unreachable',
      details: { effect: 'none' },
    });
    expect(grants.state).toBe('active');
    expect(grants.isLeased).toBe(false);
  });

  it.each([400, 401])('needs a person when the refresh token is refused with %i', async (status) => {
    play({ token: () => ({ ...REVOKED, status }) });
    grants.grant = { ...grants.grant, accessToken: 'expired' };

    await expect(client().http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
    expect(grants.state).toBe('reconnect_needed');
    expect(grants.isLeased).toBe(false);
  });

  it.each([403, 404, 429])('does not drop the connection when the token endpoint answers %i', async (status) => {
    play({ token: () => html(status) });
    grants.grant = { ...grants.grant, accessToken: 'expired' };

    await expect(client().http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.unreachable' });
    expect(grants.state).toBe('active');
  });

  it('needs a person when even the fresh token is refused', async () => {
    server.play(({ path }) => (path === '/oauth2/access_token' ? { body: pair(1) } : REVOKED));

    await expect(client().http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
    expect(grants.state).toBe('reconnect_needed');
    expect(server.seen).toHaveLength(3);
  });

  it('tries the grants of other administrators before it gives up, each with its own refresh', async () => {
    let turn = 0;
    server.play(({ path, token, body }) => {
      if (path !== '/oauth2/access_token') return token === 'third-fresh' ? { body: { id: 1 } } : REVOKED;
      turn++;
      const { refresh_token: refresh } = body as { refresh_token: string };
      // The second is refreshed, and refused all the same; the third works.
      if (refresh === 'second') return { body: { ...pair(2), access_token: 'second-fresh' } };
      return refresh === 'third' ? { body: { ...pair(3), access_token: 'third-fresh' } } : REVOKED;
    });
    const other = (amoUserId: number, refreshToken: string) => ({ ...grants.grant, amoUserId, refreshToken });
    grants.grant = { ...grants.grant, accessToken: 'dead', amoUserId: 1 };
    grants.spares.push(
      { ...other(2, 'second'), accessToken: 'second-old' },
      { ...other(3, 'third'), accessToken: 'third-old', accessExpiresAt: minutes(-1) },
    );

    await expect(client().http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    expect([grants.state, grants.grant.amoUserId, turn]).toEqual(['active', 3, 3]);
    expect(grants.isLeased).toBe(false);
  });

  it('has nothing to refresh a long-lived token with', async () => {
    play({ alive: 5 });
    grants.grant = { ...grants.grant, refreshToken: null, accessExpiresAt: minutes(-1) };

    await expect(client().http.send(READ, CALL)).rejects.toMatchObject({ code: 'crm.reconnect_needed' });
    expect(refreshes()).toHaveLength(0);
  });

  it('uses what another process stored instead of refreshing again', async () => {
    play({ alive: 7 });
    const stale = grants.grant;
    grants.grant = { ...grants.grant, accessToken: 'access-7', refreshToken: 'refresh-7' };

    await expect(client().keeper.renewed(stale)).resolves.toMatchObject({ accessToken: 'access-7' });
    expect(refreshes()).toHaveLength(0);
    expect(grants.isLeased).toBe(false);
  });

  it('does not lose a pair because the first try to store it fails', async () => {
    play();
    grants.grant = { ...grants.grant, accessToken: 'expired' };
    const save = grants.saveRefreshed.bind(grants);
    let failures = 2;
    grants.saveRefreshed = async (lease, fresh) => {
      if (failures-- > 0) throw new Error('database restarts');
      return save(lease, fresh);
    };

    await expect(client().http.send(READ, CALL)).resolves.toEqual({ id: 1 });
    expect(grants.grant.refreshToken).toBe('refresh-1');
  });
});

const pair = (number: number) => ({
  token_type: 'Bearer',
  expires_in: 86_400,
  access_token: `access-${number}`,
  refresh_token: `refresh-${number}`,
});
