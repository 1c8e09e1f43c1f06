import { createHash, randomUUID, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { eventually } from '#testing/eventually.js';
import type { Tokens } from '#testing/product/api-types.js';
import type { ErrorRig } from './errors-of-amocrm.js';

const AUTH = '/api/v1/auth';
const LOGIN = `POST ${AUTH}/login`;
const SECOND_STEP = `POST ${AUTH}/login/totp`;
const PASSWORD = `POST ${AUTH}/password`;
const NEW_PASSWORD = `POST ${AUTH}/password-resets/{token}`;
const START = `POST ${AUTH}/totp`;
const CONFIRM = `POST ${AUTH}/totp/confirm`;
const CONSENTED = [`POST ${AUTH}/totp/recovery-codes`, `DELETE ${AUTH}/totp`];
const FACTOR_OF_MEMBER = 'DELETE /api/v1/members/{id}/totp';
const WEAK = 'password1';
const GOOD = 'xkqvjwzp-blue';
/** So many sign-ins at once are more than wait for their turn. */
const FLOOD = 300;
/** No code of these tests: it is right three times in a million. */
const CODE = '000000';

/** Bodies that the routes of signing in take. */
export const signInBodies = (password: string): Readonly<Record<string, unknown>> => ({
  [SECOND_STEP]: { challengeToken: 'x'.repeat(43), code: CODE },
  // Too weak to be set: whoever sends it keeps the password.
  [PASSWORD]: { current: password, new: WEAK },
  [`POST ${AUTH}/password-resets`]: { email: 'nobody@example.com' },
  [NEW_PASSWORD]: { password: GOOD },
  [START]: { password },
  [CONFIRM]: { code: CODE },
  ...Object.fromEntries(CONSENTED.map((name) => [name, { password, code: CODE }])),
});

interface Person {
  readonly id: string;
  readonly email: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The part of the error suite about passwords, second factors and sessions. */
export const signInErrors = (rig: ErrorRig): void => {
  const sql = (text: string, values: readonly unknown[] = []) => rig.product.postgres.query('sdelka', text, values);
  const codeOf = async (name: string, changes: object) => (await rig.ledger.call(name, changes)).body.code;
  const password = () => rig.product.administrator.password;

  /** A new member, who has the administrator's password, signed in. */
  const person = async (name: string, role = 'viewer'): Promise<Person> => {
    const email = `${name}@example.com`;
    const [row] = await sql(
      `WITH person AS (
         INSERT INTO users (id, email, email_key, name, password_hash)
         SELECT gen_random_uuid(), $1, $1, $1, password_hash FROM users WHERE email_key = lower($2) RETURNING id)
       INSERT INTO memberships (workspace_id, user_id, role) SELECT w.id, p.id, $3 FROM person p, workspaces w RETURNING user_id`,
      [email, rig.product.administrator.email, role],
    );
    const credentials = { email, password: password() };
    const { accessToken } = await rig.product.api.ok<Tokens>('POST', `${AUTH}/login`, credentials);
    return { id: String(row?.user_id), email, headers: { authorization: `Bearer ${accessToken}` } };
  };
  const start = async ({ headers }: Person): Promise<string> =>
    (await rig.ledger.call<{ secret: string }>(START, { headers })).body.secret;
  const enrol = async (who: Person): Promise<void> => {
    const code = TOTP.generate({ secret: Secret.fromBase32(await start(who)) });
    expect((await rig.ledger.call(CONFIRM, { headers: who.headers, body: { code } })).status).toBe(200);
  };
  /** A link to a new password, as a mail would carry it. */
  const linkFor = async ({ id }: Person): Promise<string> => {
    const token = randomBytes(32).toString('base64url');
    const hash = createHash('sha256').update(token).digest('hex');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await sql(
      `INSERT INTO sign_in_tickets (hash, purpose, user_id, created_at, expires_at)
       VALUES (decode($1, 'hex'), 'password_reset', $2, now(), $3)`,
      [hash, id, until],
    );
    return token;
  };
  const untilTooMany = (name: string, changes: object) =>
    eventually(async () => (await codeOf(name, changes)) === 'identity.too_many_attempts', { everyMs: 1 });

  describe('passwords', () => {
    it('are changed by who knows the old one, to a good one, and not guessed at', async () => {
      const { headers } = await person('changes-password');
      const weak = { current: password(), new: WEAK };
      expect(await codeOf(PASSWORD, { headers, body: weak })).toBe('identity.password_weak');
      const wrong = { current: 'wrong', new: GOOD };
      expect(await codeOf(PASSWORD, { headers, body: wrong })).toBe('identity.wrong_password');
      await untilTooMany(PASSWORD, { headers, body: wrong });
    });

    it('are set anew by a link that is known, to a good one', async () => {
      const token = await linkFor(await person('forgets-password'));
      expect(await codeOf(NEW_PASSWORD, {})).toBe('identity.reset_invalid');
      expect(await codeOf(NEW_PASSWORD, { token, body: { password: WEAK } })).toBe('identity.password_weak');
    });
  });

  describe('second factors', () => {
    it('are set up once, with a code that is right', async () => {
      const who = await person('sets-up-factor');
      const { headers } = who;
      expect(await codeOf(CONFIRM, { headers })).toBe('identity.code_wrong');
      const wrong = { headers, body: { password: 'wrong' } };
      expect(await codeOf(START, wrong)).toBe('identity.wrong_password');
      await untilTooMany(START, wrong);
      await sql('TRUNCATE guess_counters');
      for (const name of CONSENTED) expect(await codeOf(name, { headers })).toBe('identity.totp_inactive');
      await enrol(who);
      for (const name of [START, CONFIRM]) expect(await codeOf(name, { headers })).toBe('identity.totp_active');
      for (const name of CONSENTED) {
        expect(await codeOf(name, { headers })).toBe('identity.code_wrong');
        expect(await codeOf(name, { headers, body: { password: 'wrong', code: CODE } })).toBe(
          'identity.wrong_password',
        );
      }
      for (const name of CONSENTED) await untilTooMany(name, { headers });
      const undecided = await person('never-sets-up-factor');
      await start(undecided);
      await untilTooMany(CONFIRM, { headers: undecided.headers });
    });

    it('end a sign-in that has begun, not by guessing', async () => {
      const who = await person('signs-in-with-factor');
      await enrol(who);
      expect(await codeOf(SECOND_STEP, {})).toBe('identity.challenge_invalid');
      const { challengeToken } = (
        await rig.ledger.call<{ challengeToken: string }>(LOGIN, { body: { email: who.email, password: password() } })
      ).body;
      const body = { challengeToken, code: CODE };
      expect(await codeOf(SECOND_STEP, { body })).toBe('identity.second_factor_wrong');
      await untilTooMany(SECOND_STEP, { body });
    });

    it('are taken away by an administrator from others who have one and may not do more', async () => {
      const member = await person('loses-factor');
      expect(await codeOf(FACTOR_OF_MEMBER, { id: member.id })).toBe('identity.totp_inactive');
      const [administrator] = await sql(`SELECT id FROM users WHERE email_key = lower($1)`, [
        rig.product.administrator.email,
      ]);
      const id = String(administrator?.id);
      expect(await codeOf(FACTOR_OF_MEMBER, { id })).toBe('identity.factor_not_resettable');
      await sql(
        `INSERT INTO role_rights (workspace_id, role, granted)
         SELECT workspace_id, 'operator', '{identity:manage-members}' FROM memberships WHERE user_id = $1
         ON CONFLICT (workspace_id, role) DO UPDATE SET granted = excluded.granted`,
        [id],
      );
      const { headers } = await person('oversteps', 'operator');
      // A changed role is in force within two seconds.
      await eventually(async () => (await codeOf(FACTOR_OF_MEMBER, { id, headers })) === 'identity.beyond_own_rights');
      await sql(`UPDATE role_rights SET granted = '{}' WHERE role = 'operator'`);
    });
  });

  it('a flood of sign-ins: 503 where passwords are checked, until it is over', async () => {
    // Attempts of one person from one address take turns, so several people ask.
    const people: Person[] = [];
    for (let number = 0; number < 9; number++) people.push(await person(`is-flooded-${number}`));
    const forgetful = await person('is-flooded-too');
    const asked = [
      ...CONSENTED.map((name) => [name, { password: password(), recoveryCode: 'x' }] as const),
      [PASSWORD, { current: password(), new: WEAK }] as const,
      [START, { password: password() }] as const,
    ];
    const others = async (turn: number): Promise<unknown> =>
      Promise.all([
        ...asked.map(([name, body], index) => {
          const { headers } = people[(turn * asked.length + index) % people.length]!;
          return rig.ledger.call(name, { headers, body });
        }),
        rig.ledger.call(NEW_PASSWORD, { token: await linkFor(forgetful), body: { password: GOOD } }),
      ]);
    const flood = async (): Promise<unknown> => {
      const emails = Array.from({ length: FLOOD }, () => `${randomUUID()}@example.com`);
      // Addresses that are usual for an account are not counted for guessing at many accounts.
      await sql(
        `INSERT INTO usual_addresses (key, expires_at)
         SELECT sha256(convert_to(concat_ws(chr(10), 'usual', email, '127.0.0.1'), 'UTF8')), now() + interval '1 hour'
         FROM unnest($1::text[]) AS e (email)`,
        [emails],
      );
      const calls = emails.flatMap((email, index) => [
        rig.ledger.call(LOGIN, { body: { email, password: 'wrong' } }),
        ...(index > FLOOD / 4 && index % 15 === 0 ? [others(index / 15)] : []),
      ]);
      return Promise.all(calls);
    };
    await eventually(
      async () => {
        await flood();
        return [LOGIN, PASSWORD, NEW_PASSWORD, START, ...CONSENTED].every((name) =>
          rig.ledger.reached.has(`${name}: 503 identity.busy`),
        );
      },
      { withinMs: 100_000, everyMs: 1, what: '503 of every route that checks passwords' },
    );
    await sql('TRUNCATE guess_counters');
    expect((await rig.ledger.call(LOGIN, { body: rig.product.administrator })).status).toBe(200);
  });
};
