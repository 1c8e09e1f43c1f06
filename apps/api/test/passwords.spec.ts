import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { secretOf } from '#testing/mail/mail-box.js';
import { eventually } from '#testing/eventually.js';
import { codeOf, from, HOME, MINUTE_MS, SignInHouse, type Tokens, VERA } from './sign-in-house.js';

let house: SignInHouse;
beforeAll(async () => {
  house = await SignInHouse.open();
});
afterAll(() => house.close());
beforeEach(() => house.meetVera());

describe('POST /auth/password', () => {
  it('changes the password, keeps this session and ends the others at once', async () => {
    const [here, there] = [await house.signIn(), await house.signIn()];
    expect([await house.me(here.accessToken), await house.me(there.accessToken)]).toEqual([200, 200]);
    const next = 'eight blue rhinoceroses';
    const answer = await house.post('/password', { current: VERA.password, new: next }, here.accessToken);
    expect([answer.statusCode, answer.body]).toEqual([204, '']);
    house.later(2_000);
    expect([await house.me(here.accessToken), await house.me(there.accessToken)]).toEqual([200, 401]);
    expect(codeOf(await house.post('/refresh', { refreshToken: there.refreshToken }))).toEqual([
      401,
      'identity.refresh_invalid',
    ]);
    expect((await house.post('/login', VERA)).statusCode).toBe(401);
    expect((await house.post('/login', { ...VERA, password: next })).statusCode).toBe(200);
    const [line] = await house.database.owner.query(
      `SELECT after FROM audit_log WHERE command = 'ChangePassword' AND entity_id = $1`,
      [house.userId],
    );
    expect(line).toEqual({ after: { outcome: 'password_changed', endedSessions: 1 } });
    await house.work();
    expect(house.house.mailBox.last(VERA.email).content.text).toMatch(
      /password of your account was changed[^]*203\.0\.113\.7/,
    );
  });

  it.each([
    ['a sign-in', () => house.post('/login', VERA)],
    ['a change of workspace', (token: string) => house.post('/switch', { workspaceId: house.workspaceId }, token)],
  ])('ends the session, too, that %s opens at that moment', async (_, open) => {
    const [{ accessToken }, there] = [await house.signIn(), await house.signIn()];
    const runner = house.database.owner.createQueryRunner();
    const waiting = async () => {
      const sql = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return (await house.database.owner.query<object[]>(sql)).length;
    };
    let changed = false;
    await runner.startTransaction();
    // Whoever opens a session now has proved everything, and waits with the rest.
    await runner.query('SELECT FROM memberships WHERE user_id = $1 FOR UPDATE', [house.userId]);
    const opening = open(there.accessToken);
    await eventually(async () => (await waiting()) === 1);
    const body = { current: VERA.password, new: 'eight blue rhinoceroses' };
    const changing = house.post('/password', body, accessToken).finally(() => (changed = true));
    await eventually(async () => changed || (await waiting()) === 2);
    await runner.commitTransaction();
    await runner.release();
    const [opened, change] = await Promise.all([opening, changing]);
    expect(change.statusCode).toBe(204);
    house.later(2_000);
    expect(opened.statusCode === 200 ? await house.me(opened.json<Tokens>().accessToken) : 401).toBe(401);
    expect(await house.me(accessToken)).toBe(200);
  });

  it.each([
    ['short', 'too_short'],
    ['x'.repeat(300), 'too_long'],
    ['пароль123', 'too_common'],
    ['vera@example.com', 'personal'],
    ['dthf2026', 'personal'],
    ['broken \ufffd bytes', 'malformed'],
  ])('refuses %p as %s, in the language asked for', async (weak, fault) => {
    const { accessToken } = await house.signIn();
    const body = { current: VERA.password, new: weak };
    const answer = await house.post('/password', body, accessToken, { 'accept-language': 'ru' });
    expect(codeOf(answer)).toEqual([422, 'identity.password_weak']);
    const { errors } = answer.json<{ errors: { path: string; code: string; message: string }[] }>();
    expect(errors).toEqual([{ path: 'new', code: fault, message: expect.stringMatching(/[а-я]/) }]);
  });

  it('asks for the old one, and lets nobody guess at it with a stolen token', async () => {
    const { accessToken } = await house.signIn();
    const guess = () => house.post('/password', { current: 'wrong', new: 'eight blue rhinoceroses' }, accessToken);
    for (let time = 0; time < 10; time++) expect(codeOf(await guess())).toEqual([422, 'identity.wrong_password']);
    expect(codeOf(await guess())).toEqual([429, 'identity.too_many_attempts']);
  });

  it('takes no body that is none, and no password that would be work', async () => {
    const { accessToken } = await house.signIn();
    for (const body of [
      {},
      { current: 1, new: [] },
      { current: 'x', new: 'y'.repeat(1_025) },
      { current: VERA.password },
    ])
      expect(codeOf(await house.post('/password', body, accessToken))).toEqual([422, 'shared.validation_failed']);
    expect((await house.post('/password', { current: 'a', new: 'b' })).statusCode).toBe(401);
  });
});

describe('a forgotten password', () => {
  const NEXT = 'eight blue rhinoceroses';
  const ask = (email: string = VERA.email, ip = HOME, language = 'en') =>
    house.post('/password-resets', { email }, '', { ...from(ip), 'accept-language': language });
  const link = (): string => secretOf(house.house.mailBox.last(VERA.email), '/reset/');
  const reset = (token: string, password = NEXT, ip = HOME) =>
    house.post(`/password-resets/${token}`, { password }, '', from(ip));

  it('is set anew by a mailed link, once; all sessions end', async () => {
    const { accessToken } = await house.signIn();
    const answer = await ask(' VERA@Example.com', HOME, 'ru');
    expect([answer.statusCode, answer.body]).toEqual([202, '']);
    await house.work();
    const mail = house.house.mailBox.last(VERA.email);
    expect(mail.content.subject).toMatch(/Новый пароль/);
    const stored = await house.database.owner.query(`SELECT encode(hash, 'hex') AS hash FROM sign_in_tickets`);
    expect(JSON.stringify(stored)).not.toContain(link());
    expect((await reset(link())).statusCode).toBe(204);
    house.later(2_000);
    expect(await house.me(accessToken)).toBe(401);
    expect((await house.post('/login', VERA)).statusCode).toBe(401);
    expect((await house.post('/login', { ...VERA, password: NEXT })).statusCode).toBe(200);
    expect(codeOf(await reset(link()))).toEqual([404, 'identity.reset_invalid']);
  });

  it('leaves the same trace of any request: one row, one answer, and no mail to strangers', async () => {
    const off = await house.person('off@example.com');
    await house.database.owner.query('UPDATE users SET is_active = false WHERE id = $1', [off]);
    const answers = [];
    for (const email of [VERA.email, 'nobody@example.com', 'off@example.com', 'no address']) {
      answers.push(await ask(email));
    }
    const seen = answers.map(({ statusCode, body, headers }) => [statusCode, body, Object.keys(headers).sort()]);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    const rows = await house.database.owner.query<{ members: string }[]>(
      `SELECT (SELECT string_agg(key, ',' ORDER BY key) FROM jsonb_object_keys(payload) AS key) AS members FROM outbox`,
    );
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map(({ members }) => members)).size).toBe(1);
    expect(await house.work()).toBe(1);
    expect(house.house.mailBox.mails.map(({ to }) => to)).toEqual([VERA.email]);
  });

  it('ends the earlier links with each new one, and all after an hour', async () => {
    await ask();
    await house.work();
    const first = link();
    await ask();
    await house.work();
    expect(codeOf(await reset(first))).toEqual([404, 'identity.reset_invalid']);
    const second = link();
    house.later(60 * MINUTE_MS);
    expect(codeOf(await reset(second))).toEqual([404, 'identity.reset_invalid']);
  });

  it('is taken once of many at once', async () => {
    await ask();
    await house.work();
    const token = link();
    const answers = await Promise.all(
      ['one blue rhinoceros', 'two blue rhinoceroses', 'three blue rhinos'].map((next) => reset(token, next)),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([204, 404, 404]);
  });

  it('must be good; a weak one leaves the link as it is', async () => {
    await ask();
    await house.work();
    expect(codeOf(await reset(link(), 'vera2026'))).toEqual([422, 'identity.password_weak']);
    expect((await reset(link())).statusCode).toBe(204);
  });

  it('cannot be kept from the owner by strangers who ask for it all the time', async () => {
    for (let host = 1; host <= 9; host++) await ask(VERA.email, `198.51.100.${host}`);
    expect(await house.work()).toBe(3);
    // The owner's own request sends no fourth mail, and the newest of the three still works.
    await ask();
    expect(await house.work()).toBe(0);
    expect((await reset(link())).statusCode).toBe(204);
  });

  it('is not asked for from one address without end, and nobody is told', async () => {
    const statuses = new Set<number>();
    for (let time = 0; time < 25; time++) statuses.add((await ask(`user${time}@example.com`)).statusCode);
    expect([...statuses]).toEqual([202]);
    const [row] = await house.database.owner.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM outbox`);
    expect(row).toEqual({ n: 20 });
  });

  it('opens the door for its owner while strangers guess from everywhere', async () => {
    for (let host = 1; host <= 5; host++) {
      for (let time = 0; time < 10; time++) {
        await house.post('/login', { ...VERA, password: `wrong ${time}` }, '', from(`198.51.100.${host}`));
      }
    }
    const hotel = '192.0.2.77';
    expect((await house.post('/login', VERA, '', from(hotel))).statusCode).toBe(429);
    await ask(VERA.email, hotel);
    await house.work();
    expect((await reset(link(), NEXT, hotel)).statusCode).toBe(204);
    expect((await house.post('/login', { ...VERA, password: NEXT }, '', from(hotel))).statusCode).toBe(200);
  });

  it('does not take the second factor away', async () => {
    await house.database.owner.query(
      `INSERT INTO second_factors (user_id, sealed_secret, created_at, confirmed_at) VALUES ($1, 'x', now(), now())`,
      [house.userId],
    );
    await ask();
    await house.work();
    expect((await reset(link())).statusCode).toBe(204);
    expect((await house.post('/login', { ...VERA, password: NEXT })).json()).toMatchObject({ challenge: 'totp' });
  });

  it.each([{}, { email: 1 }, { email: 'x'.repeat(255) }, { email: VERA.email, extra: 1 }])(
    'is not asked for with %j',
    async (body) => {
      expect((await house.post('/password-resets', body)).statusCode).toBe(422);
    },
  );
});
