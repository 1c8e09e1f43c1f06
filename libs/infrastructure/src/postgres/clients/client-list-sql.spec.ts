import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tagClientKey } from '#domain/clients/client-keys.js';
import { readSearch } from '#domain/clients/search-terms.js';
import type { ClientOrder } from '#application/clients/ports/client-screens.js';
import { fillClients } from '#testing/clients/fill-clients.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { listTries, type Statement } from './client-list-sql.js';

const MANY = 4_000;
const LIMIT = 20;
const WORKSPACE = '01890000-0000-7000-8000-0000000000cc';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.owner.query(`INSERT INTO workspaces (id, name) VALUES ($1, 'Many')`, [WORKSPACE]);
  await fillClients(database.ownerUrl, WORKSPACE, 1, MANY + 1);
});
afterAll(() => database.close());

const run = <T>({ sql, values }: Statement): Promise<T[]> =>
  database.app.transaction(async (manager) => {
    await manager.query(`SELECT set_config('app.workspace_id', $1, true)`, [WORKSPACE]);
    return manager.query<T[]>(sql, [...values]);
  });

const triesOf = (typed: string, order: ClientOrder, keys: readonly string[] = []) =>
  listTries(WORKSPACE, { deleted: false, keys, search: readSearch(typed) }, order, LIMIT, null);

const ORDERS: readonly ClientOrder[] = ['created', '-created', 'updated', '-updated', 'name', '-name'];
const TYPED = ['ова', 'кузнецов', 'кузнецова мар', 'ромашка', '8 912', 'client77', 'щукин вениамин'];

describe('the tries of a search', () => {
  it.each(ORDERS)('find the same in the order %s, whichever of them is the answer', async (order) => {
    const answers = new Set<number>();
    for (const typed of TYPED) {
      for (const keys of [[], [tagClientKey('vip')]]) {
        const { tries } = triesOf(typed, order, keys);
        const found = await Promise.all(tries.map((attempt) => run<{ id: string }>(attempt)));
        const right = found.at(-1)!.map(({ id }) => id);
        for (const [at, attempt] of tries.entries()) {
          const rows = found[at]!;
          if (!attempt.isAnswer(rows)) continue;
          answers.add(at);
          expect({ typed, keys, at, ids: rows.map(({ id }) => id) }).toEqual({ typed, keys, at, ids: right });
        }
      }
    }
    expect([...answers].sort()).toEqual([0, 1, 2, 3]);
  });

  it('ask for about as many as there are', async () => {
    const expected = async (typed: string): Promise<number> => {
      const [row] = await run<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
        triesOf(typed, '-created').expected!,
      );
      return row!['QUERY PLAN'][0].Plan['Plan Rows'];
    };
    const real = async (fragment: string): Promise<number> => {
      const [row] = await database.owner.query<{ n: number }[]>(
        'SELECT count(*)::int AS n FROM clients WHERE workspace_id = $1 AND search_text LIKE $2',
        [WORKSPACE, `%${fragment}%`],
      );
      return row!.n;
    };
    for (const typed of ['ова', 'кузнецов', 'овна']) {
      const share = (await expected(typed)) / (await real(typed));
      expect({ typed, isNear: share > 1 / 3 && share < 3 }).toEqual({ typed, isNear: true });
    }
    expect(await expected('щукин вениамин')).toBeLessThan(MANY / 50);
  });

  it('are one statement, and nothing is asked, for what an index answers', () => {
    for (const typed of ['', 'ку']) {
      const { tries, expected } = triesOf(typed, '-created');
      expect([tries.length, expected]).toEqual([1, null]);
    }
  });
});
