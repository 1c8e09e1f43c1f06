import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { ADMIN } from '#testing/identity-house.js';
import { SECOND_FACTORS, type SecondFactors } from '#application/identity/ports/second-factors.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { codeOf, from, HOME, MINUTE_MS, type SentHeaders, SignInHouse, type Tokens, VERA } from './sign-in-house.js';

let house: SignInHouse;
beforeAll(async () => {
  house = await SignInHouse.open();
});
afterAll(() => house.close());
beforeEach(() => house.meetVera());

describe('the second factor', () => {
  const codeOfSecret = (secret: string, steps = 0): string =>
    TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: house.house.clock.now().getTime() + steps * 30_000 });

  /** Set a factor up and let its first code go by. */
  const enrol = async () => {
    const { accessToken } = await house.signIn();
    const { secret, uri } = (await house.post('/totp', { password: VERA.password }, accessToken)).json<{
      secret: string;
      uri: string;
    }>();
    expect(uri).toContain(`secret=${secret}`);
    const confirmed = await house.post('/totp/confirm', { code: codeOfSecret(secret) }, accessToken);
    expect(confirmed.statusCode).toBe(200);
    house.later(60_000);
    return { accessToken, secret, recoveryCodes: confirmed.json<{ recoveryCodes: string[] }>().recoveryCodes };
  };
  const challenge = async (headers?: SentHeaders): Promise<string> => {
    const answer = await house.post('/login', VERA, '', headers);
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { challenge: 'totp', challengeToken: expect.any(String), expiresIn: 300 },
    ]);
    return answer.json<{ challengeToken: string }>().challengeToken;
  };
  const prove = (challengeToken: string, proof: object, headers?: SentHeaders) =>
    house.post('/login/totp', { challengeToken, ...proof }, '', headers);
  const wrongCode = (secret: string): string => {
    const right = [-2, -1, 0, 1, 2].map((step) => codeOfSecret(secret, step));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!;
  };

  it('is set up by who knows the password, not by who holds a session', async () => {
    const { accessToken } = await house.signIn();
    const start = (body?: object) => house.post('/totp', body, accessToken);
    expect((await start()).statusCode).toBe(422);
    expect(codeOf(await start({ password: 'stolen session' }))).toEqual([422, 'identity.wrong_password']);
    const lines = await house.database.owner.query<{ after: object; actor_id: string }[]>(
      `SELECT after, actor_id FROM audit_log WHERE entity_id = $1 AND command = 'StartTotp' ORDER BY at DESC LIMIT 1`,
      [house.userId],
    );
    expect(lines).toEqual([{ after: { outcome: 'password_refused', ip: HOME }, actor_id: house.userId }]);
    for (let guess = 0; guess < 9; guess++) await start({ password: 'stolen session' });
    expect(codeOf(await start({ password: VERA.password }))).toEqual([429, 'identity.too_many_attempts']);
  });

  it('is not confirmed by a code of a secret that was replaced while the code was looked at', async () => {
    const { accessToken } = await house.signIn();
    const start = async () =>
      (await house.post('/totp', { password: VERA.password }, accessToken)).json<{ secret: string }>().secret;
    const old = await start();
    house.later(1_000);
    const newer = await start();
    const confirm = (secret: string) => house.post('/totp/confirm', { code: codeOfSecret(secret) }, accessToken);
    expect(codeOf(await confirm(old))).toEqual([422, 'identity.code_wrong']);
    const factors = house.house.module.get<SecondFactors>(SECOND_FACTORS);
    const stale = { step: 1, createdAt: new Date(house.house.clock.now().getTime() - 1_000) };
    const { userId, workspaceId } = house;
    const actor = {
      kind: 'user',
      id: userId,
      email: VERA.email,
      role: 'operator',
      permissions: new Set<never>(),
    } as const;
    const late = await house.house.as({ workspaceId, actor }, () =>
      house.house.module
        .get<UnitOfWork>(UNIT_OF_WORK)
        .transact(() => factors.confirm(userId, stale, house.house.clock.now())),
    );
    expect(late).toBe(false);
    expect((await confirm(newer)).statusCode).toBe(200);
  });

  it('changes nothing until it is confirmed', async () => {
    const { accessToken } = await house.signIn();
    const status = async () => (await house.call('GET', '/auth/totp', undefined, accessToken)).json<object>();
    expect(codeOf(await house.post('/totp/confirm', { code: '123456' }, accessToken))).toEqual([
      422,
      'identity.code_wrong',
    ]);
    await house.post('/totp', { password: VERA.password }, accessToken);
    expect(await status()).toEqual({ isActive: false, activeSince: null, recoveryCodesLeft: 0 });
    expect(await house.signIn()).toHaveProperty('accessToken');
  });

  it('is asked for after the password, and opens a session', async () => {
    const { accessToken, secret, recoveryCodes } = await enrol();
    expect(new Set(recoveryCodes).size).toBe(10);
    const status = await house.call('GET', '/auth/totp', undefined, accessToken);
    expect(status.json()).toEqual({ isActive: true, activeSince: expect.any(String), recoveryCodesLeft: 10 });
    const token = await challenge();
    const answer = await prove(token, { code: codeOfSecret(secret) });
    expect([answer.statusCode, await house.me(answer.json<Tokens>().accessToken)]).toEqual([200, 200]);
    // Neither the challenge nor the code is good again.
    expect(codeOf(await prove(token, { code: codeOfSecret(secret, 1) }))).toEqual([401, 'identity.challenge_invalid']);
    expect(codeOf(await prove(await challenge(), { code: codeOfSecret(secret) }))).toEqual([
      401,
      'identity.second_factor_wrong',
    ]);
    const [line] = await house.database.owner.query(
      `SELECT after ->> 'factor' AS factor FROM audit_log WHERE command = 'CompleteLogin' AND after ->> 'outcome' = 'signed_in' ORDER BY at DESC LIMIT 1`,
    );
    expect(line).toEqual({ factor: 'totp' });
  });

  it('keeps neither secret nor codes in clear', async () => {
    const { secret, recoveryCodes } = await enrol();
    const dump = JSON.stringify(
      await house.database.owner.query(
        `SELECT row_to_json(f) AS factor, (SELECT json_agg(c) FROM recovery_codes c) AS codes, (SELECT json_agg(a) FROM audit_log a) AS audit,
           (SELECT json_agg(k) FROM idempotency_keys k) AS keys FROM second_factors f`,
      ),
    );
    for (const text of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace(/-/g, ''))])
      expect(dump).not.toContain(text);
  });

  it('is sealed anew with each code, so that keys can be rotated', async () => {
    const sealed = async () =>
      (await house.database.owner.query<object[]>(`SELECT sealed_secret FROM second_factors`))[0];
    const { secret } = await enrol();
    const before = await sealed();
    expect((await prove(await challenge(), { code: codeOfSecret(secret) })).statusCode).toBe(200);
    expect(await sealed()).not.toEqual(before);
    house.later(60_000);
    expect((await prove(await challenge(), { code: codeOfSecret(secret) })).statusCode).toBe(200);
  });

  it('takes a code of the step before and after, and each step once, also of many at once', async () => {
    const { secret } = await enrol();
    expect((await prove(await challenge(), { code: codeOfSecret(secret, -1) })).statusCode).toBe(200);
    const tokens = [await challenge(), await challenge(), await challenge(), await challenge()];
    const answers = await Promise.all(tokens.map((token) => prove(token, { code: codeOfSecret(secret, 1) })));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401, 401, 401]);
    // The one in between has gone by.
    expect((await prove(await challenge(), { code: codeOfSecret(secret) })).statusCode).toBe(401);
  });

  it('takes each recovery code once, however it is written', async () => {
    const { accessToken, recoveryCodes } = await enrol();
    const [first = '', second = ''] = recoveryCodes;
    const answers = await Promise.all(
      [await challenge(), await challenge()].map((token) => prove(token, { recoveryCode: first })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
    const typed = ` ${second.toUpperCase().replace(/-/g, ' ')} `;
    expect((await prove(await challenge(), { recoveryCode: typed })).statusCode).toBe(200);
    const left = (await house.call('GET', '/auth/totp', undefined, accessToken)).json<{ recoveryCodesLeft: number }>();
    expect(left.recoveryCodesLeft).toBe(8);
  });

  it('forgets a challenge after five minutes, with a new password, and takes it for nothing else', async () => {
    const { accessToken, secret } = await enrol();
    const old = await challenge();
    house.later(5 * MINUTE_MS);
    expect(codeOf(await prove(old, { code: codeOfSecret(secret) }))).toEqual([401, 'identity.challenge_invalid']);
    const half = await challenge();
    expect(codeOf(await house.post('/refresh', { refreshToken: half }))).toEqual([401, 'identity.refresh_invalid']);
    expect(codeOf(await house.post(`/password-resets/${half}`, { password: 'eight blue rhinoceroses' }))).toEqual([
      404,
      'identity.reset_invalid',
    ]);
    expect(await house.me(half)).toBe(401);
    await house.post('/password', { current: VERA.password, new: 'eight blue rhinoceroses' }, accessToken);
    expect(codeOf(await prove(half, { code: codeOfSecret(secret) }))).toEqual([401, 'identity.challenge_invalid']);
  });

  it('stops guessing, elsewhere before it locks the owner out at a usual address', async () => {
    const { secret } = await enrol();
    expect((await prove(await challenge(), { code: codeOfSecret(secret) })).statusCode).toBe(200);
    house.later(90_000);
    // Somebody has the password: five guesses an address, twenty in all.
    for (let host = 1; host <= 4; host++) {
      const ip = from(`198.51.100.${host}`);
      const token = await challenge(ip);
      for (let time = 0; time < 5; time++)
        expect((await prove(token, { code: wrongCode(secret) }, ip)).statusCode).toBe(401);
      expect((await prove(token, { code: wrongCode(secret) }, ip)).statusCode).toBe(429);
    }
    const fifth = from('198.51.100.5');
    expect(codeOf(await prove(await challenge(fifth), { code: codeOfSecret(secret) }, fifth))).toEqual([
      429,
      'identity.too_many_attempts',
    ]);
    expect((await prove(await challenge(), { code: codeOfSecret(secret) })).statusCode).toBe(200);
    // The password alone makes no address a usual one.
    expect((await prove(await challenge(fifth), { code: codeOfSecret(secret, 1) }, fifth)).statusCode).toBe(429);
  });

  it('goes with password and code only', async () => {
    const { accessToken, secret, recoveryCodes } = await enrol();
    const remove = (body: object) => house.call('DELETE', '/auth/totp', body, accessToken);
    const { password } = VERA;
    expect(codeOf(await remove({ password: 'wrong', code: codeOfSecret(secret) }))[1]).toBe('identity.wrong_password');
    expect(codeOf(await remove({ password, code: wrongCode(secret) }))[1]).toBe('identity.code_wrong');
    for (const body of [{ password }, { password, code: '123456', recoveryCode: 'x' }, { password, code: '12345' }])
      expect(codeOf(await remove(body))).toEqual([422, 'shared.validation_failed']);
    expect(codeOf(await house.post('/totp', { password: VERA.password }, accessToken))).toEqual([
      409,
      'identity.totp_active',
    ]);
    expect(codeOf(await house.post('/totp/confirm', { code: '123456' }, accessToken))).toEqual([
      409,
      'identity.totp_active',
    ]);
    expect((await remove({ password, recoveryCode: recoveryCodes[3] })).statusCode).toBe(204);
    await house.work();
    expect(house.house.mailBox.mails.map(({ content }) => content.text.split('\n')[0])).toEqual([
      expect.stringContaining('was set up'),
      expect.stringContaining('was removed'),
    ]);
    expect(await house.signIn()).toHaveProperty('accessToken');
    expect(codeOf(await remove({ password, code: codeOfSecret(secret) }))).toEqual([409, 'identity.totp_inactive']);
  });

  it('gives new recovery codes for the old ones', async () => {
    const { accessToken, secret, recoveryCodes } = await enrol();
    const body = { password: VERA.password, code: codeOfSecret(secret) };
    const renewed = (await house.post('/totp/recovery-codes', body, accessToken)).json<{ recoveryCodes: string[] }>();
    expect((await prove(await challenge(), { recoveryCode: recoveryCodes[0] })).statusCode).toBe(401);
    expect((await prove(await challenge(), { recoveryCode: renewed.recoveryCodes[0] })).statusCode).toBe(200);
  });

  it('is taken away by an administrator, not his own and not of people elsewhere; sessions end', async () => {
    const admin = (await house.post('/login', ADMIN)).json<Tokens>().accessToken;
    const reset = (id: string, token = admin) => house.call('DELETE', `/members/${id}/totp`, undefined, token);
    const { accessToken } = await enrol();
    expect(codeOf(await reset(house.userId, accessToken))).toEqual([403, 'shared.forbidden']);
    expect((await reset('01890000-0000-7000-8000-000000000000')).statusCode).toBe(404);
    const other = await house.elsewhere('Elsewhere');
    expect(codeOf(await reset(house.userId))).toEqual([409, 'identity.factor_not_resettable']);
    await house.database.owner.query(`DELETE FROM memberships WHERE workspace_id = $1`, [other]);
    expect((await reset(house.userId)).statusCode).toBe(204);
    house.later(2_000);
    expect(await house.me(accessToken)).toBe(401);
    expect(await house.signIn()).toHaveProperty('accessToken');
    expect(codeOf(await reset(house.userId))).toEqual([409, 'identity.totp_inactive']);
    const [own] = await house.database.owner.query<{ id: string }[]>(
      `SELECT id FROM users WHERE email_key = lower($1)`,
      [ADMIN.email],
    );
    expect(codeOf(await reset(own!.id))).toEqual([409, 'identity.factor_not_resettable']);
  });
});
