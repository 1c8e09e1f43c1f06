import { describe, expect, it } from '@jest/globals';
import type { NewHookToken } from '#testing/product/api-types.js';
import type { HttpAnswer, ProblemAnswer } from '#testing/product/http-answer.js';
import type { Product } from '#testing/product/product.js';
import type { Fault } from '#testing/product/sandbox-types.js';
import { CALLBACK, COPIES, NEW_OPTIONS, NEW_TOKEN, TOKENS, TRANSFERS } from './addresses.js';
import type { Changes, ProblemLedger } from './problem-ledger.js';

/** What the error suite works with; read while its tests run, for it is made before the first of them. */
export interface ErrorRig {
  readonly product: Product;
  readonly ledger: ProblemLedger;
  /** A transfer that changed something. */
  readonly transferId: string;
}

interface WayIn {
  readonly host: string;
  readonly code: string;
  readonly token: string;
}

/** Bodies that connect the account, once. */
export const waysIn = async (
  { sandbox }: Product,
  changes: Partial<WayIn> = {},
): Promise<Readonly<Record<string, object>>> => {
  const good = await sandbox.control<Record<string, string>>('GET', '/credentials');
  const host = new URL(sandbox.baseUrl).host;
  const given = { host, code: good.authorizationCode, token: good.accessToken, ...changes };
  return {
    'POST /api/v1/crm/connection/code': { referer: given.host, code: given.code },
    'POST /api/v1/crm/connection/token': { baseUrl: given.host, token: given.token },
  };
};

const codesOf = (answers: readonly HttpAnswer<ProblemAnswer>[]) => [...new Set(answers.map(({ body }) => body.code))];

/** The part of the error suite in which amoCRM is connected and in trouble. */
export const amocrmErrors = (rig: ErrorRig): void => {
  const sql = (text: string) => rig.product.postgres.query('sdelka', text);

  describe('the way back from the consent', () => {
    const pageFor = async (query: Readonly<Record<string, string>>) => {
      const { status, headers } = await rig.ledger.call<string>(`GET ${CALLBACK}`, {
        query: `?${new URLSearchParams(query)}`,
      });
      expect(headers.get('content-type')).toMatch('text/html');
      return status;
    };
    const consented = async () => Object.fromEntries(new URL(await rig.product.consent()).searchParams);

    it('is a page that says what to do: 422, 409, 502', async () => {
      expect(await pageFor({ state: 'unknown' })).toBe(422);
      expect(await pageFor({ ...(await consented()), error: 'access_denied' })).toBe(422);
      expect(await pageFor({ ...(await consented()), referer: 'example.com' })).toBe(422);
      expect(await pageFor({ ...(await consented()), code: 'never given' })).toBe(422);

      await sql('UPDATE amo_connections SET account_id = account_id + 1');
      expect(await pageFor(await consented())).toBe(409);
      await sql('UPDATE amo_connections SET account_id = account_id - 1');

      const answer = await consented();
      await rig.product.sandbox.fault({ match: { path: 'access_token' }, kind: 'drop_before', times: 50 });
      expect(await pageFor(answer)).toBe(502);
      await rig.product.sandbox.clearFaults();
    });
  });

  describe('a code or a token from the settings', () => {
    /** What both routes answer to codes and tokens that would be good. */
    const answers = async (changes: Partial<WayIn> = {}) => {
      const bodies = await waysIn(rig.product, changes);
      return codesOf(await Promise.all(Object.entries(bodies).map(([name, body]) => rig.ledger.call(name, { body }))));
    };
    const troubled = async (work: () => Promise<unknown>) => {
      await work();
      const codes = await answers();
      await rig.product.sandbox.clearFaults();
      return codes;
    };
    const account = { path: '/api/v4/account' };

    it('that does not fit', async () => {
      expect(await answers({ host: 'example.com' })).toEqual(['crm.host_not_allowed']);
      const started = await rig.ledger.call('POST /api/v1/crm/connection/start', { body: { account: 'example.com' } });
      expect(started.body.code).toBe('crm.host_not_allowed');
      expect(await answers({ code: 'never-given', token: 'never-given' })).toEqual(['crm.oauth_refused']);
      await sql('UPDATE amo_connections SET account_id = account_id + 1');
      expect(await answers()).toEqual(['crm.other_account']);
      await sql('UPDATE amo_connections SET account_id = account_id - 1');
    });

    it.each<[string, Fault]>([
      ['crm.account_blocked', { match: account, kind: 'html', status: 403, times: 2 }],
      ['crm.subscription_ended', { match: account, kind: 'status', status: 402, times: 2 }],
      ['crm.forbidden', { match: account, kind: 'status', status: 403, times: 2 }],
      ['crm.refused', { match: account, kind: 'status', status: 400, times: 2 }],
      ['crm.too_heavy', { match: account, kind: 'status', status: 504, times: 2 }],
      ['crm.unreachable', { match: account, kind: 'drop_before', times: 2 }],
    ])('%s', async (code, fault) => {
      expect(await troubled(() => rig.product.sandbox.fault(fault))).toEqual([code]);
    });
  });

  describe('amoCRM in trouble', () => {
    const CHECK = 'POST /api/v1/crm/connection/check';
    const ASKING = ['POST /api/v1/crm/directory/refresh', `POST ${COPIES}/preview`, `POST ${TRANSFERS}/preview`];
    const ask = async () => codesOf(await Promise.all(ASKING.map((name) => rig.ledger.call(name))));
    const control = (path: string) => rig.product.sandbox.control('POST', path);
    const api4 = { path: '/api/v4/' };
    const fault = (status: number) => rig.product.sandbox.fault({ match: api4, kind: 'status', status, times: 1_000 });

    it.each<[string, () => Promise<unknown>]>([
      ['crm.refused', () => fault(400)],
      ['crm.forbidden', () => fault(403)],
      ['crm.too_heavy', () => fault(504)],
      ['crm.busy', () => fault(429)],
      ['crm.unreachable', () => rig.product.sandbox.fault({ match: api4, kind: 'drop_before', times: 1_000 })],
    ])('%s', async (code, trouble) => {
      await trouble();
      expect(await ask()).toEqual([code]);
      const checked = await rig.ledger.call(CHECK);
      // A request that amoCRM finds wrong was let in: for the connection all is well.
      expect(code === 'crm.refused' ? checked.status : checked.body.code).toBe(code === 'crm.refused' ? 200 : code);
      await rig.product.sandbox.clearFaults();
    });

    it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
      ['crm.account_blocked', () => control('/block'), () => control('/unblock')],
      [
        'crm.subscription_ended',
        () => rig.product.sandbox.settings({ subscription: 'ended' }),
        () => rig.product.sandbox.settings({ subscription: 'active' }),
      ],
      ['crm.reconnect_needed', () => control('/install/revoke'), () => control('/install/restore')],
    ])('%s', async (code, trouble, repair) => {
      await trouble();
      // The first to be told marks the connection, the second is not even sent.
      for (const name of ASKING) expect((await rig.ledger.call(name)).body.code).toBe(code);
      await repair();
      await rig.product.connect();
    });

    it('crm.directory_not_read, crm.not_connected', async () => {
      const READING = [
        'GET /api/v1/crm/directory',
        `POST ${COPIES}`,
        `POST ${COPIES}/preview`,
        `POST ${TRANSFERS}`,
        `POST ${TRANSFERS}/preview`,
        `POST ${TRANSFERS}/{id}/undo`,
        `POST ${TOKENS}`,
        `PATCH ${TOKENS}/{id}`,
      ];
      const { id } = await rig.product.api.ok<NewHookToken>('POST', TOKENS, NEW_TOKEN);
      const body = { ...NEW_TOKEN, options: NEW_OPTIONS };
      const changesFor = (name: string): Changes => {
        if (name === `POST ${TOKENS}`) return { body };
        return { id: name.includes(TRANSFERS) ? rig.transferId : id };
      };
      const read = async () =>
        codesOf(await Promise.all(READING.map((name) => rig.ledger.call(name, changesFor(name)))));
      await sql('DELETE FROM amo_directories');
      expect(await read()).toEqual(['crm.directory_not_read']);
      await rig.product.api.ok('DELETE', '/api/v1/crm/connection');
      expect(await read()).toEqual(['crm.not_connected']);
      for (const name of [ASKING[0]!, CHECK]) expect((await rig.ledger.call(name)).body.code).toBe('crm.not_connected');
      await sql('DELETE FROM amo_connections');
      for (const name of ['DELETE /api/v1/crm/connection', 'PATCH /api/v1/crm/connection/limits']) {
        expect((await rig.ledger.call(name)).body.code).toBe('crm.not_connected');
      }
      await rig.product.connect();
    });
  });
};
