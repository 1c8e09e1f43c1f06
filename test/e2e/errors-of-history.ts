import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Product } from '#testing/product/product.js';
import type { ProblemLedger } from './problem-ledger.js';

const DICTIONARIES = '/api/v1/dictionaries';
const ENTRIES = '/api/v1/dictionary-entries';
const COMMENTS = '/api/v1/comments';
const INTERACTIONS = '/api/v1/interactions';
const TITLES = { ru: 'Название' };

/** Bodies that the routes of histories, dictionaries and figures take. */
export const historyBodies: Readonly<Record<string, unknown>> = {
  [`POST ${DICTIONARIES}`]: { code: 'taken_by_nobody', titles: TITLES },
  [`PATCH ${DICTIONARIES}/{id}`]: { titles: TITLES },
  [`POST ${DICTIONARIES}/{id}/entries`]: { titles: TITLES },
  [`PATCH ${ENTRIES}/{id}`]: { titles: TITLES },
  [`POST ${COMMENTS}`]: { clientId: randomUUID(), text: 'text' },
  [`PATCH ${COMMENTS}/{id}`]: { text: 'text' },
  [`POST ${INTERACTIONS}`]: { clientId: randomUUID(), kind: 'call' },
  [`PATCH ${INTERACTIONS}/{id}`]: { text: 'text' },
};

interface HistoryErrorRig {
  readonly product: Product;
  readonly ledger: ProblemLedger;
}

/** The part of the error suite about what is kept of clients, dictionaries and figures. */
export const historyErrors = (rig: HistoryErrorRig): void => {
  const ok = <T = { id: string }>(path: string, body: object) => rig.product.api.ok<T>('POST', path, body);
  const code = async (name: string, changes?: Parameters<ProblemLedger['call']>[1]) =>
    (await rig.ledger.call(name, changes)).body.code;
  const sql = (text: string, values: readonly unknown[] = []) => rig.product.postgres.query('sdelka', text, values);
  const stale = { 'if-match': '"1"' };
  const client = async () => (await ok('/api/v1/clients', { name: 'Client' })).id;

  describe('dictionaries', () => {
    it('have codes of their own, versions, and what is needed or in use', async () => {
      const { id } = await ok(DICTIONARIES, { code: 'own', titles: TITLES });
      const { entries } = await ok<{ entries: { id: string }[] }>(`${DICTIONARIES}/${id}/entries`, {
        code: 'one',
        titles: TITLES,
      });
      const entry = String(entries[0]?.id);
      const taken = 'clients.dictionary_code_taken';
      expect(await code(`POST ${DICTIONARIES}`, { body: { code: 'own', titles: TITLES } })).toBe(taken);
      const again = { code: 'one', titles: TITLES };
      expect(await code(`POST ${DICTIONARIES}/{id}/entries`, { id, body: again })).toBe(taken);
      for (const [name, of] of [
        [`PATCH ${DICTIONARIES}/{id}`, id],
        [`POST ${DICTIONARIES}/{id}/entries`, id],
        [`PATCH ${ENTRIES}/{id}`, entry],
      ] as const) {
        expect(await code(name, { id: of, headers: stale })).toBe('shared.version_conflict');
      }
      const interaction = await ok(INTERACTIONS, { clientId: await client(), kind: 'call' });
      await sql('UPDATE client_entries SET result_id = $1 WHERE id = $2', [entry, interaction.id]);
      expect(await code(`DELETE ${ENTRIES}/{id}`, { id: entry })).toBe('clients.dictionary_entry_in_use');
      expect(await code(`DELETE ${DICTIONARIES}/{id}`, { id })).toBe('clients.dictionary_entry_in_use');
      expect(await code(`DELETE ${DICTIONARIES}/{id}`, { id: 'sources' })).toBe('clients.dictionary_is_system');
    });
  });

  describe('comments and interactions', () => {
    it('are of clients that there are', async () => {
      for (const address of [COMMENTS, INTERACTIONS]) {
        expect(await code(`POST ${address}`)).toBe('clients.client_unknown');
      }
    });

    it('are changed at the version that was seen, by their authors; so many are pinned', async () => {
      const clientId = await client();
      const comment = await ok(COMMENTS, { clientId, text: 'mine' });
      const call = await ok(INTERACTIONS, { clientId, kind: 'call' });
      const another = { 'if-match': '"99"' };
      expect(await code(`PATCH ${COMMENTS}/{id}`, { id: comment.id, headers: another })).toBe(
        'shared.version_conflict',
      );
      expect(await code(`DELETE ${COMMENTS}/{id}`, { id: comment.id, headers: another })).toBe(
        'shared.version_conflict',
      );
      for (const method of ['PATCH', 'DELETE']) {
        expect(await code(`${method} ${INTERACTIONS}/{id}`, { id: call.id, headers: another })).toBe(
          'shared.version_conflict',
        );
      }

      await sql(
        `INSERT INTO client_entries (workspace_id, id, client_id, kind, at, created_at, author_kind, pinned_at)
         SELECT workspace_id, gen_random_uuid(), client_id, 'comment', now(), now(), 'system', now()
         FROM client_entries, generate_series(1, 20) WHERE id = $1`,
        [comment.id],
      );
      expect(await code(`POST ${COMMENTS}/{id}/pin`, { id: comment.id })).toBe('clients.too_many_pinned');

      const { tokens } = rig.product.api;
      await rig.product.api.signIn({ ...rig.product.administrator, email: 'operator@example.com' });
      for (const [name, id] of [
        [`PATCH ${COMMENTS}/{id}`, comment.id],
        [`DELETE ${COMMENTS}/{id}`, comment.id],
        [`PATCH ${INTERACTIONS}/{id}`, call.id],
        [`DELETE ${INTERACTIONS}/{id}`, call.id],
      ] as const) {
        expect(await code(name, { id })).toBe('clients.not_the_author');
      }
      const query = '?from=2026-03-01&to=2026-03-01';
      expect(await code('GET /api/v1/analytics/summary', { query })).toBe('shared.forbidden');
      rig.product.api.tokens = tokens;
    });
  });

  describe('figures', () => {
    it('are of days that there are', async () => {
      const query = '?from=2026-02-30&to=2026-03-01';
      expect(await code('GET /api/v1/analytics/summary', { query })).toBe('analytics.period_invalid');
      expect(await code('GET /api/v1/analytics/summary')).toBe('shared.validation_failed');
    });
  });
};
