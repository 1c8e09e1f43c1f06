import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMIN } from '#testing/identity-house.js';
import { storeMember } from '#testing/people-house.js';
import { type Method, PeopleApi } from './people-api.js';

/* Members and workspaces over HTTP, on one app and one database. */

const MEMBERS = '/api/v1/members';

let api: PeopleApi;
beforeAll(async () => {
  api = await PeopleApi.start();
});
afterAll(() => api.close());
beforeEach(() => api.signIn());

describe('members', () => {
  it('are listed in pages, and found by role, state, name and address', async () => {
    const some = [await api.member('viewer'), await api.member('viewer'), await api.member('manager')];
    const list = async (query: string) =>
      (await api.call('GET', `${MEMBERS}?${query}`)).body as { items: { id: string }[]; nextCursor: string | null };
    const everybody = await list('limit=200');
    expect(everybody.items.length).toBeGreaterThan(3);
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(everybody.items.map(({ id }) => id));
    expect((await list(`role=manager&search=${some[2]!.email.toUpperCase()}`)).items).toMatchObject([
      { id: some[2]!.id, role: 'manager', state: 'active', version: 1 },
    ]);
    expect((await list('search=%25')).items).toEqual([]);
    expect((await list('state=blocked')).items).toEqual([]);
    for (const query of ['cursor=x', 'cursor=WyJ4Il0', 'limit=0', 'role=owner', 'state=x']) {
      expect((await api.call('GET', `${MEMBERS}?${query}`)).status).toBe(422);
    }
    expect((await api.call('GET', `${MEMBERS}/${some[0]!.id}`)).headers.etag).toBe('"1"');
    const manager = await api.call('GET', MEMBERS, { token: some[2]!.token });
    const viewer = await api.call('GET', MEMBERS, { token: some[0]!.token });
    expect([manager.status, viewer.status]).toEqual([200, 403]);
  });

  it('that are blocked are signed out, cannot sign in, and come back as they were', async () => {
    const { id, email, token } = await api.member('operator');
    const { body: session } = await api.call('POST', '/api/v1/auth/login', {
      token: null,
      body: { email, password: ADMIN.password },
    });
    const patch = (body: object, headers = {}) => api.call('PATCH', `${MEMBERS}/${id}`, { body, headers });
    expect((await patch({ blocked: true })).body).toMatchObject({ state: 'blocked', version: 2 });
    const refresh = { refreshToken: session.refreshToken };
    expect(await api.codeOf(api.call('POST', '/api/v1/auth/refresh', { token: null, body: refresh }))).toBe(
      '401 identity.refresh_invalid',
    );
    expect((await api.me(token)).status).toBe(401);
    const login = { email, password: ADMIN.password };
    expect(await api.codeOf(api.call('POST', '/api/v1/auth/login', { token: null, body: login }))).toBe(
      '401 identity.invalid_credentials',
    );
    expect(await api.codeOf(patch({ blocked: false }, { 'if-match': '"1"' }))).toBe('409 shared.version_conflict');
    expect((await patch({ blocked: false }, { 'if-match': '"2"' })).body).toMatchObject({
      state: 'active',
      version: 3,
    });
    expect((await api.me(await api.tokenOf(email))).body).toMatchObject({ role: 'operator' });
    expect(await api.eventsOf(id)).toEqual(['identity.member_blocked', 'identity.member_unblocked']);
  });

  it('change roles, and leave by themselves or are taken out', async () => {
    const { id, email, token: before } = await api.member('viewer');
    const stranger = await api.member('viewer');
    expect((await api.call('PATCH', `${MEMBERS}/${id}`, { body: { role: 'manager' } })).body).toMatchObject({
      role: 'manager',
      version: 2,
    });
    // What was signed in with the old role is at an end.
    expect((await api.me(before)).status).toBe(401);
    const token = await api.tokenOf(email);
    expect(await api.codeOf(api.call('DELETE', `${MEMBERS}/${id}`, { token: stranger.token }))).toBe(
      '403 shared.forbidden',
    );
    expect((await api.call('DELETE', `${MEMBERS}/${id}`, { token })).status).toBe(204);
    expect((await api.me(token)).status).toBe(401);
    expect(await api.codeOf(api.call('DELETE', `${MEMBERS}/${id}`))).toBe('404 identity.member_unknown');
    expect((await api.call('DELETE', `${MEMBERS}/${stranger.id}`)).status).toBe(204);
    expect(await api.eventsOf(id)).toEqual(['identity.member_role_changed', 'identity.member_left']);
    expect(await api.auditOf(stranger.id)).toEqual(['RemoveMember']);
  });

  it('always include an administrator', async () => {
    const { id } = (await api.me(api.admin)).body;
    for (const body of [{ role: 'viewer' }, { blocked: true }]) {
      const answer = api.call('PATCH', `${MEMBERS}/${String(id)}`, { body });
      expect(await api.codeOf(answer)).toBe('409 identity.last_administrator');
    }
    expect(await api.codeOf(api.call('DELETE', `${MEMBERS}/${String(id)}`))).toBe('409 identity.last_administrator');
  });

  it.each<[string, (id: string) => [Method, string, object?]]>([
    ['demoted', (id) => ['PATCH', `${MEMBERS}/${id}`, { role: 'viewer' }]],
    ['blocked', (id) => ['PATCH', `${MEMBERS}/${id}`, { blocked: true }]],
    ['removed', (id) => ['DELETE', `${MEMBERS}/${id}`]],
  ])('keep one administrator when all are %s at once', async (_, request) => {
    const other = await api.call('POST', '/api/v1/workspaces', { body: { name: 'Race' } });
    const place = String(other.body.id);
    const { body } = await api.call('POST', '/api/v1/auth/switch', { body: { workspaceId: place } });
    const token = String(body.accessToken);
    const all = [String((await api.me(token)).body.id)];
    for (let count = 0; count < 4; count++) {
      all.push(await storeMember(api.database.owner, { workspaceId: place, email: api.newEmail(), role: 'admin' }));
    }
    const answers = await Promise.all(
      all.map((id) => {
        const [method, url, change] = request(id);
        return api.call(method, url, { token, ...(change && { body: change }) });
      }),
    );
    expect(answers.filter(({ status }) => status === 409).map(({ body: { code } }) => code)).toEqual([
      'identity.last_administrator',
    ]);
    const [left] = await api.database.owner.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM memberships WHERE workspace_id = $1 AND role = 'admin' AND blocked_at IS NULL`,
      [place],
    );
    expect(left).toEqual({ count: 1 });
  });

  it('of another workspace are nobody here', async () => {
    const other = await api.call('POST', '/api/v1/workspaces', { body: { name: 'Elsewhere' } });
    const id = await storeMember(api.database.owner, {
      workspaceId: String(other.body.id),
      email: api.newEmail(),
      role: 'viewer',
    });
    for (const [method, body] of [['GET'], ['PATCH', { role: 'admin' }], ['DELETE']] as const) {
      expect(await api.codeOf(api.call(method, `${MEMBERS}/${id}`, { body }))).toBe('404 identity.member_unknown');
    }
  });
});

describe('workspaces', () => {
  it('are made by administrators, switched between, and the last one used is signed in to', async () => {
    const made = await api.call('POST', '/api/v1/workspaces', {
      body: { name: 'Казань 🕌', timeZone: 'Asia/Yekaterinburg', language: 'en' },
    });
    expect([made.status, made.body]).toEqual([201, { id: expect.any(String), name: 'Казань 🕌', role: 'admin' }]);
    const target = { workspaceId: made.body.id };
    api.house.clock.advance(1_000);
    const { body: tokens } = await api.call('POST', '/api/v1/auth/switch', { body: target });
    const there = String(tokens.accessToken);
    expect((await api.me(there)).body).toMatchObject({ workspaceId: made.body.id, role: 'admin' });
    expect((await api.me(api.admin)).body).toMatchObject({ workspaceId: api.workspaceId });
    expect((await api.call('GET', MEMBERS, { token: there })).body).toMatchObject({ items: [{ role: 'admin' }] });
    api.house.clock.advance(1_000);
    expect((await api.me(await api.tokenOf(ADMIN.email))).body).toMatchObject({ workspaceId: made.body.id });
    const refreshed = await api.call('POST', '/api/v1/auth/refresh', {
      token: null,
      body: { refreshToken: tokens.refreshToken },
    });
    expect((await api.me(String(refreshed.body.accessToken))).body).toMatchObject({ workspaceId: made.body.id });

    const mail = api.newEmail();
    expect((await api.invite(mail, {}, there)).status).toBe(201);
    await api.house.deliverMails();
    expect(api.house.mailBox.last(mail).content.subject).toBe('Invitation to “Казань 🕌”');
    api.house.clock.advance(1_000);
    await api.call('POST', '/api/v1/auth/switch', { token: there, body: { workspaceId: api.workspaceId } });
    const own = (await api.call('GET', '/api/v1/workspaces')).body as { items: { id: string }[] };
    expect(own.items.map(({ id }) => id)).toEqual(expect.arrayContaining([api.workspaceId, made.body.id]));
  });

  it('are closed to whoever is no member, is shut out, or may not make them', async () => {
    const { id, token } = await api.member('operator');
    expect(await api.codeOf(api.call('POST', '/api/v1/workspaces', { token, body: { name: 'Mine' } }))).toBe(
      '403 shared.forbidden',
    );
    const { body } = await api.call('POST', '/api/v1/workspaces', { body: { name: 'Closed' } });
    const enter = (target: unknown) =>
      api.call('POST', '/api/v1/auth/switch', { token, body: { workspaceId: target } });
    expect(await api.codeOf(enter(body.id))).toBe('404 identity.workspace_unknown');
    expect((await enter('x')).status).toBe(422);
    expect((await enter(undefined)).status).toBe(422);
    await api.call('PATCH', `${MEMBERS}/${id}`, { body: { blocked: true } });
    expect(await api.codeOf(enter(api.workspaceId))).toMatch(/^40[14]/);
  });

  it('change what they say of themselves, at the version that was seen', async () => {
    const { headers, body } = await api.call('GET', '/api/v1/workspaces/current');
    expect(body).toEqual({
      id: api.workspaceId,
      name: 'Sdelka',
      timeZone: 'Europe/Moscow',
      language: 'ru',
      version: 1,
    });
    const patch = (change: object, tag?: unknown) =>
      api.call('PATCH', '/api/v1/workspaces/current', {
        body: change,
        headers: tag === undefined ? {} : { 'if-match': tag },
      });
    const first = await patch({ name: 'Сделка', timeZone: 'Asia/Vladivostok' }, headers.etag);
    expect([first.status, first.body, first.headers.etag]).toMatchObject([
      200,
      { name: 'Сделка', timeZone: 'Asia/Vladivostok', language: 'ru', version: 2 },
      '"2"',
    ]);
    expect(await api.codeOf(patch({ name: 'Later' }, headers.etag))).toBe('409 shared.version_conflict');
    for (const bad of [{ timeZone: 'Mars/Olympus' }, { timeZone: '+03:00' }, { language: 'de' }, { name: '' }]) {
      expect((await patch(bad)).status).toBe(422);
    }
    expect((await patch({})).body).toMatchObject({ version: 2 });
    expect(await api.eventsOf(api.workspaceId)).toEqual(['identity.workspace_changed']);
    const viewer = await api.member('viewer');
    expect((await api.call('GET', '/api/v1/workspaces/current', { token: viewer.token })).status).toBe(200);
    expect((await api.call('PATCH', '/api/v1/workspaces/current', { token: viewer.token, body: {} })).status).toBe(403);
  });
});
