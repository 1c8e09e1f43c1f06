import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMIN } from '#testing/identity-house.js';
import { codeOf, from, HOME, MINUTE_MS, SignInHouse, type Tokens, VERA } from './sign-in-house.js';

let house: SignInHouse;
beforeAll(async () => {
  house = await SignInHouse.open();
});
afterAll(() => house.close());
beforeEach(() => house.meetVera());

interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly device: string | null;
}

describe('sessions', () => {
  const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36';
  const list = async (token: string, query = '') =>
    (await house.call('GET', `/auth/sessions${query}`, undefined, token)).json<{
      items: Listed[];
      nextCursor: string | null;
    }>();

  it('are listed with device and address, newest first, page by page', async () => {
    await house.signIn({ 'user-agent': CHROME, ...from('198.51.100.8') });
    const here = await house.signIn();
    const { items } = await list(here.accessToken);
    expect(items).toMatchObject([
      { current: true, ip: HOME, workspaceName: 'Sdelka' },
      { current: false, device: 'Chrome, Windows', userAgent: CHROME, ip: '198.51.100.8', lastIp: '198.51.100.8' },
    ]);
    const first = await list(here.accessToken, '?limit=1');
    const second = await list(here.accessToken, `?limit=1&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(second.nextCursor).toBeNull();
    expect((await house.call('GET', '/auth/sessions?cursor=x', undefined, here.accessToken)).statusCode).toBe(422);
  });

  it('show when and where they were refreshed, and vanish when they were idle for too long', async () => {
    const here = await house.signIn();
    house.later(10 * MINUTE_MS);
    const renewed = (
      await house.post('/refresh', { refreshToken: here.refreshToken }, '', from('198.51.100.9'))
    ).json<Tokens>();
    expect((await list(renewed.accessToken)).items).toMatchObject([
      { ip: HOME, lastIp: '198.51.100.9', lastUsedAt: house.house.clock.now().toISOString() },
    ]);
    house.later(15 * 86_400_000);
    const fresh = await house.signIn();
    expect((await list(fresh.accessToken)).items).toHaveLength(1);
  });

  it('that were opened by going to another workspace last no longer than the one they came from', async () => {
    const elsewhere = await house.elsewhere('Elsewhere');
    let tokens = await house.signIn();
    const refresh = () => house.post('/refresh', { refreshToken: tokens.refreshToken });
    const DAY = 24 * 60 * MINUTE_MS;
    // Somebody keeps a session alive by changing rooms every week, and never says the password again.
    const rooms = [elsewhere, house.workspaceId];
    for (let day = 7; day < 90; day += 7) {
      house.later(7 * DAY);
      const { accessToken } = (await refresh()).json<Tokens>();
      const room = { workspaceId: rooms[(day / 7) % 2] };
      tokens = (await house.post('/switch', room, accessToken)).json<Tokens>();
      expect(await house.me(tokens.accessToken)).toBe(200);
    }
    house.later(7 * DAY);
    expect((await refresh()).statusCode).toBe(401);
  });

  it('that have ended open none in another workspace', async () => {
    const elsewhere = await house.elsewhere('Elsewhere');
    const [here, there] = [await house.signIn(), await house.signIn()];
    expect(await house.me(there.accessToken)).toBe(200);
    // Believed for two seconds more, but not for this.
    await house.call('DELETE', '/auth/sessions', undefined, here.accessToken);
    expect((await house.post('/switch', { workspaceId: elsewhere }, there.accessToken)).statusCode).toBe(401);
  });

  it('end one by one: the access token dies within two seconds', async () => {
    const [here, there] = [await house.signIn(), await house.signIn()];
    expect(await house.me(there.accessToken)).toBe(200);
    const other = (await list(here.accessToken)).items.find(({ current }) => !current)!;
    const end = (id: string) => house.call('DELETE', `/auth/sessions/${id}`, undefined, here.accessToken);
    expect((await end(other.id)).statusCode).toBe(204);
    house.later(2_000);
    expect([await house.me(there.accessToken), await house.me(here.accessToken)]).toEqual([401, 200]);
    expect(codeOf(await end(other.id))).toEqual([404, 'identity.session_unknown']);
    expect((await end('7')).statusCode).toBe(404);
    const admin = (await house.post('/login', ADMIN)).json<Tokens>();
    const theirs = (await list(admin.accessToken)).items[0]!;
    expect(codeOf(await end(theirs.id))).toEqual([404, 'identity.session_unknown']);
    expect(await house.me(admin.accessToken)).toBe(200);
  });

  it('end all but this one', async () => {
    const [here, there] = [await house.signIn(), await house.signIn()];
    expect((await house.call('DELETE', '/auth/sessions', undefined, here.accessToken)).statusCode).toBe(204);
    house.later(2_000);
    expect([await house.me(here.accessToken), await house.me(there.accessToken)]).toEqual([200, 401]);
    expect((await list(here.accessToken)).items).toHaveLength(1);
  });

  it('reach into other workspaces of the person, and no further', async () => {
    const here = await house.signIn();
    const place = await house.elsewhere('Far away');
    const [far] = await house.database.owner.query<{ id: string }[]>(
      `INSERT INTO sessions (workspace_id, id, user_id, created_at, expires_at)
       VALUES ($1, gen_random_uuid(), $2, $3, $3::timestamptz + interval '1 day') RETURNING id`,
      [place, house.userId, house.house.clock.now()],
    );
    const listed = (await list(here.accessToken)).items.find(({ id }) => id === far?.id);
    expect(listed).toMatchObject({ workspaceId: place, workspaceName: 'Far away' });
    expect((await house.call('DELETE', `/auth/sessions/${far?.id}`, undefined, here.accessToken)).statusCode).toBe(204);
  });

  it('lose an access token that tells of a role which the member has no more', async () => {
    const { accessToken, refreshToken } = await house.signIn();
    expect(await house.me(accessToken)).toBe(200);
    await house.database.owner.query(`UPDATE memberships SET role = 'viewer' WHERE user_id = $1`, [house.userId]);
    house.later(2_000);
    expect(await house.me(accessToken)).toBe(401);
    const renewed = (await house.post('/refresh', { refreshToken })).json<Tokens>();
    const mine = await house.call('GET', '/auth/me', undefined, renewed.accessToken);
    expect(mine.json()).toMatchObject({ role: 'viewer' });
  });

  it('end with the membership and with the account, for access tokens, too', async () => {
    const { accessToken } = await house.signIn();
    expect(await house.me(accessToken)).toBe(200);
    await house.database.owner.query('UPDATE users SET is_active = false WHERE id = $1', [house.userId]);
    house.later(2_000);
    expect(await house.me(accessToken)).toBe(401);
    await house.database.owner.query('UPDATE users SET is_active = true WHERE id = $1', [house.userId]);
    house.later(2_000);
    expect(await house.me(accessToken)).toBe(200);
    await house.database.owner.query('DELETE FROM memberships WHERE user_id = $1', [house.userId]);
    house.later(2_000);
    expect(await house.me(accessToken)).toBe(401);
  });
});

describe('the limits on guessing at a usual address', () => {
  it('are not spent by others behind the same address', async () => {
    await house.signIn();
    for (let account = 0; account < 10; account++) {
      for (let time = 0; time < 10; time++)
        await house.post('/login', { email: `colleague${account}@example.com`, password: 'wrong' });
    }
    expect((await house.post('/login', { email: 'new@example.com', password: 'wrong' })).statusCode).toBe(429);
    expect(await house.signIn()).toHaveProperty('accessToken');
  });
});

describe('bad credentials', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const resigned = (token: string, header: object, key: string): string => {
    const body = `${part(header)}.${token.split('.')[1]}`;
    return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
  };

  it('are refused: no algorithm, another key, another header, another payload, a refresh token, an expired one', async () => {
    const { accessToken, refreshToken } = await house.signIn();
    expect(await house.me(accessToken)).toBe(200);
    const [header = '', payload = '', signature = ''] = accessToken.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object;
    const forged = [
      `${part({ alg: 'none', typ: 'JWT', kid: 'k1' })}.${payload}.`,
      `${part({ alg: 'none', typ: 'JWT', kid: 'k1' })}.${payload}.${signature}`,
      resigned(accessToken, { alg: 'HS256', typ: 'JWT', kid: 'k1' }, 'another key'),
      resigned(accessToken, { alg: 'HS256', typ: 'JWT', kid: '../../dev/null' }, ''),
      resigned(accessToken, { alg: 'RS256', typ: 'JWT', kid: 'k1' }, 'a secret key of the tests, long enough'),
      `${header}.${part({ ...claims, role: 'admin' })}.${signature}`,
      `${header}.${payload}.${signature}x`,
      refreshToken,
      `${header}.${payload}`,
      `${'a'.repeat(10_000)}.b.c`,
    ];
    for (const token of forged) expect([token.slice(0, 60), await house.me(token)]).toEqual([token.slice(0, 60), 401]);
    house.later(15 * MINUTE_MS);
    expect(await house.me(accessToken)).toBe(401);
  });

  it('take no time to refuse when they are huge, and broken UTF-8 is no password', async () => {
    expect((await house.post('/login', { ...VERA, password: 'x'.repeat(1_025) })).statusCode).toBe(422);
    const body = Buffer.concat([
      Buffer.from(`{"email":"${VERA.email}","password":"`),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: body,
      headers: { 'content-type': 'application/json', 'x-forwarded-for': HOME },
    });
    expect(codeOf(answer)).toEqual([401, 'identity.invalid_credentials']);
  });
});
