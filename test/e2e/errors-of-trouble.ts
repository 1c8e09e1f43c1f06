import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Product } from '#testing/product/product.js';
import { CALLBACK, UNINSTALL } from './addresses.js';
import type { DocumentedApi, DocumentedOperation } from './documented-api.js';
import { waysIn } from './errors-of-amocrm.js';
import { fileQueries } from './errors-of-files.js';
import { type Changes, codesOf, type ProblemLedger, statusesOf } from './problem-ledger.js';

/** What the suite has by the time its tests run. */
export interface TroubleSuite {
  readonly product: Product;
  readonly api: DocumentedApi;
  readonly ledger: ProblemLedger;
}

/** Problems that every operation has when the database does not serve it. */
export const troubleErrors = (suite: TroubleSuite): void => {
  describe('our own trouble', () => {
    const sql = (text: string) => suite.product.postgres.query('sdelka', text);
    const queries: Record<string, string> = {
      [CALLBACK]: '?state=x&code=x',
      '/api/v1/analytics/summary': '?from=2026-01-01&to=2026-01-02',
      ...fileQueries,
    };
    // What is not sound is refused before the database is asked.
    let bodies: Readonly<Record<string, object>>;
    const onCallback = ({ path, name }: DocumentedOperation): Changes => ({
      query: queries[path],
      ...(bodies[name] && { body: bodies[name] }),
    });
    beforeEach(async () => {
      bodies = await waysIn(suite.product);
    });
    const all = () => suite.api.operations.filter(({ path }) => !/^\/(health|metrics)/.test(path));

    beforeAll(async () => {
      const signed = await suite.product.sandbox.control<Record<string, string>>('GET', '/install/signature');
      queries[UNINSTALL] = `?${new URLSearchParams(signed)}`;
    });

    it('a database that does not obey: 500, with no word of why', async () => {
      await sql('REVOKE USAGE ON SCHEMA public FROM sdelka_app, sdelka_system, PUBLIC');
      // Those that ask amoCRM first find the budget away, which is 502: they have a table of their own below.
      const others = all().filter(({ name }) => !(name in bodies));
      const answers = await suite.ledger.each(others, onCallback);
      await sql('GRANT USAGE ON SCHEMA public TO sdelka_app, sdelka_system, PUBLIC');
      expect([statusesOf(answers), codesOf(answers)]).toEqual([[500], ['shared.internal']]);
      expect(JSON.stringify(answers.map(({ body }) => body))).not.toMatch(/permission|schema|relation|sdelka_app/);
    });

    it('a table that cannot be written: 500 where a grant is to be stored', async () => {
      await sql('REVOKE ALL ON amo_connections FROM sdelka_app');
      const answers = await Promise.all(
        Object.entries(bodies).map(([name, body]) => suite.ledger.call(name, { body })),
      );
      await sql('GRANT SELECT, INSERT, UPDATE, DELETE ON amo_connections TO sdelka_app');
      expect([statusesOf(answers), codesOf(answers)]).toEqual([[500], ['shared.internal']]);
    });

    it('a database that is gone: 502; monitoring answers as ever', async () => {
      await suite.product.kill('postgres');
      const answers = await suite.ledger.each(all(), onCallback);
      const health = ['GET /health/live', 'GET /health/ready', 'GET /metrics'].map((name) =>
        suite.ledger.operation(name),
      );
      const monitored = await Promise.all(health.map((one) => suite.ledger.reach<unknown>(one)));
      await suite.product.service('postgres').start();
      expect([statusesOf(answers), codesOf(answers)]).toEqual([[502], ['shared.unavailable']]);
      expect(monitored.map(({ status }) => status)).toEqual([200, 503, 200]);
    });
  });
};
