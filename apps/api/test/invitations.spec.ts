import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMIN } from '#testing/identity-house.js';
import { invitedWith, PASSWORD } from '#testing/people-house.js';
import { mailSuite } from './mails.js';
import { PeopleApi } from './people-api.js';

/* Invitations over HTTP, on one app and one database. */

const HOUR_MS = 3_600_000;
const MEMBERS = '/api/v1/members';
const INVITATIONS = `${MEMBERS}/invitations`;

let api: PeopleApi;
beforeAll(async () => {
  api = await PeopleApi.start();
});
afterAll(() => api.close());
beforeEach(() => api.signIn());

const invited = async (email: string, more: object = {}) => {
  const { status, body } = await api.invite(email, more);
  expect([status, body]).toMatchObject([201, { email, state: 'open' }]);
  return { id: String(body.id), token: await invitedWith(api.house, email) };
};
const accept = (token: string, body: object = { name: 'Ivan', password: PASSWORD }) =>
  api.call('POST', `/api/v1/invitations/${token}/accept`, { token: null, body });

describe('an invitation', () => {
  it('goes by mail, makes an account, and lets it in with the role that was given', async () => {
    const email = api.newEmail();
    const { id, token } = await invited(email, { name: 'Пётр 🌼 بطرس', role: 'viewer' });
    const mail = api.house.mailBox.last(email);
    expect(mail.content.subject).toBe('Приглашение в «Sdelka»');
    expect(mail.content.text).toContain(`http://127.0.0.1:3000/invite/${token}`);
    expect(mail.content.text).toContain('наблюдатель');

    const offer = await api.call('GET', `/api/v1/invitations/${token}`, { token: null });
    expect([offer.status, offer.body]).toEqual([
      200,
      {
        email,
        name: 'Пётр 🌼 بطرس',
        role: 'viewer',
        workspaceName: 'Sdelka',
        inviterName: 'Administrator',
        expiresAt: expect.any(String),
        hasAccount: false,
      },
    ]);
    const accepted = await accept(token, { password: PASSWORD });
    expect([accepted.status, accepted.body]).toEqual([200, { email, workspaceId: api.workspaceId }]);
    const session = await api.tokenOf(email, PASSWORD);
    expect((await api.me(session)).body).toMatchObject({
      email,
      name: 'Пётр 🌼 بطرس',
      role: 'viewer',
      workspaceId: api.workspaceId,
    });
    const { id: userId } = (await api.me(session)).body;
    expect(await api.auditOf(id)).toEqual(['InviteMember']);
    expect(await api.eventsOf(id)).toEqual(['identity.member_invited']);
    expect([await api.auditOf(String(userId)), await api.eventsOf(String(userId))]).toEqual([
      ['AcceptInvitation'],
      ['identity.member_joined'],
    ]);
  });

  it('is not stored in the clear anywhere', async () => {
    const { token } = await invited(api.newEmail());
    const [dump] = await api.database.owner.query<{ text: string }[]>(
      `SELECT (SELECT json_agg(i) FROM invitations i)::text || (SELECT json_agg(t) FROM invitation_tokens t)::text
         || (SELECT json_agg(m) FROM outgoing_mails m)::text || (SELECT json_agg(a) FROM audit_log a)::text
         || (SELECT json_agg(o) FROM outbox o)::text AS text`,
    );
    expect(dump?.text).toContain('invitation_id');
    expect(dump?.text).not.toContain(token);
  });

  it('says why it cannot be accepted: unknown, used, replaced, withdrawn, expired', async () => {
    expect(await api.codeOf(accept('x'.repeat(43)))).toBe('404 identity.invitation_unknown');
    expect(await api.codeOf(accept('nonsense'))).toBe('404 identity.invitation_unknown');

    const used = await invited(api.newEmail());
    expect((await accept(used.token)).status).toBe(200);
    expect(await api.codeOf(accept(used.token))).toBe('409 identity.invitation_accepted');

    const email = api.newEmail();
    const old = await invited(email);
    expect(await api.codeOf(api.call('POST', `${INVITATIONS}/${old.id}/resend`))).toBe(
      '429 identity.invitation_sent_lately',
    );
    api.house.clock.advance(60_000);
    expect((await api.call('POST', `${INVITATIONS}/${old.id}/resend`)).status).toBe(204);
    const token = await invitedWith(api.house, email);
    expect(await api.codeOf(accept(old.token))).toBe('409 identity.invitation_replaced');

    expect((await api.call('DELETE', `${INVITATIONS}/${old.id}`)).status).toBe(204);
    expect(await api.codeOf(accept(token))).toBe('409 identity.invitation_withdrawn');
    expect((await api.call('DELETE', `${INVITATIONS}/${old.id}`)).status).toBe(204);
    expect(await api.codeOf(api.call('POST', `${INVITATIONS}/${old.id}/resend`))).toBe('409 identity.invitation_ended');
    expect(await api.codeOf(api.call('DELETE', `${INVITATIONS}/${used.id}`))).toBe('409 identity.invitation_ended');

    const late = await invited(api.newEmail());
    api.house.clock.advance(72 * HOUR_MS);
    await api.signIn();
    expect(await api.codeOf(accept(late.token))).toBe('409 identity.invitation_expired');
    expect(await api.codeOf(api.call('GET', `/api/v1/invitations/${late.token}`))).toBe(
      '409 identity.invitation_expired',
    );
    expect((await api.call('POST', `${INVITATIONS}/${late.id}/resend`)).status).toBe(204);
  });

  it('is one per address, in whatever spelling; an expired one makes room', async () => {
    const email = api.newEmail();
    const { id } = await invited(email);
    const twin = await api.invite(` ${email.toUpperCase()} `);
    expect([twin.status, twin.body]).toMatchObject([
      409,
      { code: 'identity.already_invited', details: { invitationId: id } },
    ]);
    expect(await api.codeOf(api.invite(email.replace('person', 'ｐｅｒｓｏｎ')))).toBe('409 identity.already_invited');
    expect(await api.codeOf(api.invite(ADMIN.email.toUpperCase()))).toBe('409 identity.already_member');
    api.house.clock.advance(72 * HOUR_MS);
    await api.signIn();
    await invited(email);
    const { body } = await api.call('GET', `${INVITATIONS}?limit=2`);
    expect(body).toMatchObject({
      items: [{ email, state: 'open', mailState: 'sent', invitedBy: 'Administrator' }, expect.anything()],
      nextCursor: expect.any(String),
    });
    const rest = await api.call('GET', `${INVITATIONS}?limit=200&cursor=${String(body.nextCursor)}`);
    expect(JSON.stringify(rest.body)).toContain('expired');
    expect(rest.body.nextCursor).toBeNull();
  });

  it('to one address by many at once is one', async () => {
    const email = api.newEmail();
    const answers = await Promise.all(Array.from({ length: 6 }, () => api.invite(email)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    await api.house.deliverMails();
    expect(api.house.mailBox.mails.filter(({ to }) => to === email)).toHaveLength(1);
  });

  it('is accepted once, however many try at once', async () => {
    const { token } = await invited(api.newEmail());
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('of somebody with an account asks for its password, and takes the signed-in person without', async () => {
    const known = await api.member('viewer');
    const other = await api.call('POST', '/api/v1/workspaces', { body: { name: 'Второе' } });
    const switched = await api.call('POST', '/api/v1/auth/switch', { body: { workspaceId: other.body.id } });
    const there = String(switched.body.accessToken);
    const inviteThere = async (email: string) => {
      expect((await api.invite(email, {}, there)).status).toBe(201);
      return invitedWith(api.house, email);
    };
    const token = await inviteThere(known.email);
    expect((await api.call('GET', `/api/v1/invitations/${token}`)).body).toMatchObject({ hasAccount: true });
    expect(await api.codeOf(accept(token))).toBe('401 identity.invalid_credentials');
    const join = (as: string) => api.call('POST', `/api/v1/invitations/${token}/join`, { token: as });
    expect(await api.codeOf(join(api.admin))).toBe('409 identity.invitation_for_another');
    expect((await join(known.token)).body).toEqual({ email: known.email, workspaceId: other.body.id });
    expect((await api.me(known.token)).body).toMatchObject({
      workspaceId: api.workspaceId,
      workspaces: [
        { name: 'Sdelka', role: 'viewer' },
        { name: 'Второе', role: 'operator' },
      ],
    });

    const second = await api.member('viewer');
    const byPassword = await inviteThere(second.email);
    expect((await accept(byPassword, { password: ADMIN.password })).status).toBe(200);
    expect(await api.codeOf(api.invite(second.email, {}, there))).toBe('409 identity.already_member');
  });

  it('wants a name, and a password that is hard to guess', async () => {
    const { token } = await invited(api.newEmail());
    expect((await accept(token, { password: PASSWORD })).body).toMatchObject({ errors: [{ path: 'name' }] });
    expect(await api.codeOf(accept(token, { name: 'Ivan', password: 'qwerty12345' }))).toBe(
      '422 identity.password_weak',
    );
    expect((await accept(token)).status).toBe(200);
  });

  it('gives no role that may more than whoever invites', async () => {
    await api.database.owner.query(
      `INSERT INTO role_rights (workspace_id, role, granted, revoked, version, changed_at)
       VALUES ($1, 'manager', '{identity:manage-members}', '{}', 2, now())`,
      [api.workspaceId],
    );
    api.house.clock.advance(5_000);
    const manager = await api.member('manager');
    expect(await api.codeOf(api.invite(api.newEmail(), { role: 'admin' }, manager.token))).toBe(
      '403 identity.beyond_own_rights',
    );
    expect((await api.invite(api.newEmail(), { role: 'viewer' }, manager.token)).status).toBe(201);
    const { id } = await api.member('admin');
    for (const change of [{ role: 'viewer' }, { blocked: true }]) {
      const answer = api.call('PATCH', `${MEMBERS}/${id}`, { token: manager.token, body: change });
      expect(await api.codeOf(answer)).toBe('403 identity.beyond_own_rights');
    }
    const self = api.call('PATCH', `${MEMBERS}/${manager.id}`, { token: manager.token, body: { role: 'admin' } });
    expect(await api.codeOf(self)).toBe('403 identity.beyond_own_rights');
    expect(await api.codeOf(api.call('DELETE', `${MEMBERS}/${id}`, { token: manager.token }))).toBe(
      '403 identity.beyond_own_rights',
    );
    await api.call('DELETE', `${MEMBERS}/${id}`);
  });

  it.each([
    { email: 'ivan' },
    { email: 'Ivan <ivan@example.org>' },
    { email: 'a@example.org,b@example.org' },
    { email: 'a@example.org\r\nBcc: b@example.org' },
    { email: `${'a'.repeat(250)}@example.org` },
    { role: 'owner' },
    { role: null },
    { name: '' },
    { name: '   ' },
    { name: 'я'.repeat(10_000) },
    { name: 'Ivan\u202egpj.exe' },
    { name: 'Ivan\nPetrov' },
    { name: 'Ivan\0' },
    { name: 'Ivan \ud800' },
    { extra: 1 },
  ])('is refused with %j', async (more) => {
    expect((await api.invite(api.newEmail(), more)).status).toBe(422);
  });

  it('is not looked for any more after many wrong tokens, from that address', async () => {
    const { token } = await invited(api.newEmail());
    const tries = await Promise.all(Array.from({ length: 40 }, (_, index) => accept(String(index).padStart(43, 'x'))));
    expect(tries.map(({ status }) => status)).toContain(404);
    const last = await accept(token);
    expect([last.status, last.body, last.headers]).toMatchObject([
      429,
      { code: 'identity.too_many_attempts' },
      { 'retry-after': expect.any(String) },
    ]);
    api.house.clock.advance(15 * 60_000);
    expect((await accept(token)).status).toBe(200);
  });
});

mailSuite(() => api);

describe('an invitation that is no longer wanted', () => {
  it('floods nobody: withdrawn and given anew, it goes out once a minute', async () => {
    const email = api.newEmail();
    const { id } = await invited(email);
    expect((await api.call('DELETE', `${INVITATIONS}/${id}`)).status).toBe(204);
    const again = await api.invite(email.toUpperCase());
    expect([again.status, again.body.code]).toEqual([429, 'identity.invitation_sent_lately']);
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(0);
    api.house.clock.advance(60_000);
    expect((await api.invite(email)).status).toBe(201);
  });

  it.each([
    ['is blocked', 'PATCH', { blocked: true }],
    ['may invite nobody any more', 'PATCH', { role: 'viewer' }],
    ['is taken out', 'DELETE', undefined],
  ] as const)('ends when who sent it %s: it could be the way back', async (_, method, body) => {
    const { id, token } = await api.member('admin');
    const email = api.newEmail();
    expect((await api.invite(email, { role: 'admin' }, token)).status).toBe(201);
    const link = await invitedWith(api.house, email);
    expect((await api.call(method, `${MEMBERS}/${id}`, { ...(body && { body }) })).status).toBeLessThan(300);
    expect(await api.codeOf(accept(link))).toBe('409 identity.invitation_withdrawn');
  });

  it('stays when who sent it changes to a role that may invite', async () => {
    const { id, token } = await api.member('admin');
    const email = api.newEmail();
    await api.invite(email, {}, token);
    const link = await invitedWith(api.house, email);
    await api.call('PATCH', `${MEMBERS}/${id}`, { body: { role: 'admin' } });
    expect((await accept(link)).status).toBe(200);
  });
});
