import { describe, expect, it } from '@jest/globals';
import { MAX_KEY_BURST, MAX_KEY_RATE } from '#domain/identity/api-key.js';
import { eventually } from '#testing/eventually.js';
import type { Tokens } from '#testing/product/api-types.js';
import type { Product } from '#testing/product/product.js';
import { KEYS, NEW_KEY, ROLES } from './addresses.js';
import type { DocumentedApi } from './documented-api.js';
import type { ProblemLedger } from './problem-ledger.js';

interface Made {
  readonly id: string;
  readonly key: string;
}

/** What the suite has by the time its tests run. */
export interface AccessSuite {
  readonly product: Product;
  readonly api: DocumentedApi;
  readonly ledger: ProblemLedger;
}

/** Problems of API keys, roles and the audit trail. */
export const accessErrors = (suite: AccessSuite): void => {
  const make = (terms: object = {}) => suite.product.api.ok<Made>('POST', KEYS, { ...NEW_KEY, ...terms });
  /** Operations that an API key is let in to. */
  const open = () =>
    suite.api.operations.filter(
      ({ needsCredential, problems }) => needsCredential && problems.includes('429 shared.rate_limited'),
    );

  describe('API keys', () => {
    it('without the scope: 403 everywhere', async () => {
      for (const scopes of [['identity:read-self'], ['identity:read-audit']]) {
        const { key } = await make({ scopes, requestsPerSecond: MAX_KEY_RATE, burst: MAX_KEY_BURST });
        const answers = await suite.ledger.each(open(), { apiKey: key });
        expect(answers.filter(({ status }) => status === 403).length).toBeGreaterThan(40);
      }
    });

    it('that come too often: 429 everywhere', async () => {
      const { key } = await make({ requestsPerSecond: 1, burst: 1 });
      await eventually(
        async () => {
          const left = open().filter(({ name }) => !suite.ledger.reached.has(`${name}: 429 shared.rate_limited`));
          await suite.ledger.each(left, { apiKey: key });
          return left.length === 0;
        },
        { withinMs: 30_000 },
      );
    });

    it('are changed at the version that was seen, and not rotated without end', async () => {
      const { id } = await make();
      const stale = await suite.ledger.call(`PATCH ${KEYS}/{id}`, { id, headers: { 'if-match': '"99"' } });
      expect(stale.body.code).toBe('shared.version_conflict');
      const rotations = await Promise.all(
        Array.from({ length: 5 }, () => suite.ledger.call(`POST ${KEYS}/{id}/rotate`, { id })),
      );
      expect(rotations.filter(({ body }) => body.code === 'identity.api_key_overlaps')).toHaveLength(1);
    });
  });

  describe('rights', () => {
    it('are given by nobody who has none', async () => {
      const { product, ledger } = suite;
      const usual = await product.api.ok<{ items: { role: string; permissions: string[] }[] }>('GET', ROLES);
      const manager = usual.items.find(({ role }) => role === 'manager')!.permissions;
      const own = [...manager, 'identity:manage-keys', 'identity:manage-roles'];
      await product.api.ok('PUT', `${ROLES}/manager`, { permissions: own });
      const [mighty, mine] = [await make({ scopes: ['crm:manage'] }), await make()];
      const credentials = { ...product.administrator, email: 'manager@example.com' };
      const { accessToken } = await product.api.ok<Tokens>('POST', '/api/v1/auth/login', credentials);
      const headers = { authorization: `Bearer ${accessToken}` };
      const beyond = await Promise.all([
        ledger.call(`POST ${KEYS}`, { headers, body: { ...NEW_KEY, scopes: ['crm:manage'] } }),
        ledger.call(`PATCH ${KEYS}/{id}`, { headers, id: mine.id, body: { scopes: ['crm:manage'] } }),
        ledger.call(`POST ${KEYS}/{id}/activate`, { headers, id: mighty.id }),
        ledger.call(`POST ${KEYS}/{id}/rotate`, { headers, id: mighty.id }),
        ledger.call(`PUT ${ROLES}/{role}`, { headers, body: { permissions: [...own, 'crm:manage'] } }),
      ]);
      expect(beyond.map(({ body }) => body.code)).toEqual(Array(5).fill('identity.beyond_own_rights'));
      await product.api.ok('PUT', `${ROLES}/manager`, { permissions: manager });
    });

    it('are those of a role that exists, at the version that was seen', async () => {
      const change = `PUT ${ROLES}/{role}`;
      expect((await suite.ledger.call(change, { role: 'root' })).body.code).toBe('shared.not_found');
      const stale = await suite.ledger.call(change, { headers: { 'if-match': '"99"' } });
      expect(stale.body.code).toBe('shared.version_conflict');
    });
  });

  it('the audit trail leaves in formats that there are', async () => {
    const answer = await suite.ledger.call('GET /api/v1/audit/export', { query: '?format=xml' });
    expect(answer.body.code).toBe('shared.validation_failed');
  });
};
