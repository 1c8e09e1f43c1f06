import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testing/eventually.js';
import type { Me } from '#testing/product/api-types.js';
import { type HttpAnswer, type ProblemAnswer, send } from '#testing/product/http-answer.js';
import type { Product } from '#testing/product/product.js';
import { HOOKS, SECRETS, TOKENS, UNINSTALL } from './addresses.js';
import type { ProblemLedger } from './problem-ledger.js';

const MEGABYTE = 1_048_576;

interface HookErrorRig {
  readonly product: Product;
  readonly ledger: ProblemLedger;
  readonly me: Me;
}

const codesOf = (answers: readonly HttpAnswer<ProblemAnswer>[]) => [...new Set(answers.map(({ body }) => body.code))];

/** The part of the error suite about hooks, their tokens, and what amoCRM tells by itself. */
export const hookErrors = (rig: HookErrorRig): void => {
  const sql = (text: string, values: readonly unknown[] = []) => rig.product.postgres.query('sdelka', text, values);
  const during = <T>(text: string, values: readonly unknown[], work: () => Promise<T>) =>
    rig.product.postgres.during('sdelka', text, values, work);

  describe('hook tokens', () => {
    it('are changed at the version that was seen, and not when they are revoked', async () => {
      const { id } = await rig.product.api.hookToken();
      const stale = await rig.ledger.call(`PATCH ${TOKENS}/{id}`, { id, headers: { 'if-match': '"99"' } });
      expect(stale.body.code).toBe('shared.version_conflict');
      await rig.product.api.call(`${TOKENS}/${id}`, { method: 'DELETE' });
      expect((await rig.ledger.call(`PATCH ${TOKENS}/{id}`, { id })).body.code).toBe('crm.hook_token_revoked');
      expect((await rig.ledger.call(`POST ${TOKENS}/{id}/rotate`, { id })).body.code).toBe('crm.hook_token_revoked');
    });

    it('take hooks by the right token, of a size that can be stored, while there is room, not too many a second', async () => {
      const HOOK = 'POST /hooks/amocrm/{hookToken}';
      expect((await rig.ledger.call(HOOK)).status).toBe(404);
      const { path } = await rig.product.api.hookToken();
      const send_ = async (bytes: number) => {
        const body = new Uint8Array(bytes).fill(97);
        const answer = await send(`${rig.product.api.baseUrl}${path}`, { method: 'POST', body });
        rig.ledger.note(HOOK, answer);
        return answer.status;
      };
      expect(await send_(MEGABYTE + 1)).toBe(413);
      const flood = await during('LOCK TABLE hook_inbox IN ACCESS EXCLUSIVE MODE', [], () =>
        Promise.race([
          eventually(() => rig.ledger.reached.has(`${HOOK}: 503 crm.hook_backlog_full`), { withinMs: 8_000 }),
          Promise.all(Array.from({ length: 80 }, () => send_(MEGABYTE))),
        ]),
      );
      expect(flood).toBe(true);
      const many = await Promise.all(Array.from({ length: 200 }, () => send_(1)));
      expect(many).toContain(429);
    });
  });

  describe('replays of hooks', () => {
    it('need hooks that have ended, not too many of them, and end once', async () => {
      const [token] = await sql(`SELECT id FROM hook_tokens LIMIT 1`);
      const store = `INSERT INTO hook_inbox (workspace_id, id, token_id, content_type, body, size_bytes, digest, received_at, state)
        SELECT $1, gen_random_uuid(), $2, '', '', 0, '', $3, $4 FROM generate_series(1, $5::int) RETURNING id`;
      const replay = `POST ${HOOKS}/{id}/replay`;
      // Claimed a moment ago, as far as anybody can tell: nobody takes it up within this test.
      const [busy] = await sql(store, [rig.me.workspaceId, token?.id, '2019-01-01T00:00:00Z', 'queued', 1]);
      expect((await rig.ledger.call(replay, { id: String(busy?.id) })).body.code).toBe('crm.hook_in_progress');

      await sql(store, [rig.me.workspaceId, token?.id, '2020-01-01T00:00:00Z', 'ignored', 100_001]);
      expect((await rig.ledger.call(`POST ${HOOKS}/replays`)).body.code).toBe('crm.hook_replay_too_large');
      await sql(`DELETE FROM hook_inbox WHERE received_at < '2021-01-01'`);

      const { id } = (await rig.ledger.call<{ id: string }>(`POST ${HOOKS}/replays`)).body;
      expect((await rig.ledger.call(`POST ${HOOKS}/replays/{id}/cancel`, { id })).body.code).toBe(
        'crm.hook_replay_ended',
      );
    });
  });

  describe('notices of amoCRM', () => {
    it('are taken with a signature only', async () => {
      expect((await rig.ledger.call(`GET ${UNINSTALL}`)).body.code).toBe('crm.notice_refused');
    });

    it('bring secrets with the state of a button, once, and not too often', async () => {
      const deliver = (body?: object) => rig.ledger.call(`POST ${SECRETS}`, { body });
      const soundBody = { client_id: randomUUID(), client_secret: 'secret' };
      const START = '/api/v1/crm/connection/start';
      const { state } = await rig.product.api.ok<{ state: string }>('POST', START, { kind: 'external' });
      expect((await deliver({ ...soundBody, state })).status).toBe(200);
      const another = await deliver({ ...soundBody, state, client_secret: 'another' });
      expect(another.body.code).toBe('crm.secrets_refused');
      const guesses = await Promise.all(Array.from({ length: 80 }, () => deliver({ ...soundBody, state: 'guess' })));
      expect(codesOf(guesses).sort()).toEqual(['crm.oauth_state_unknown', 'shared.rate_limited']);
    });
  });
};
