import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { prepared, sendBatch, type Statement } from './statement-batch.js';
import { sqlStateOf } from './sql-state.js';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  client = new Client({ connectionString: database.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TEMP TABLE notes (id int PRIMARY KEY, text text)');
});
afterEach(() => client.end());

const statement = (text: string, ...values: unknown[]): Statement => ({ text, values });
const INSERT = prepared('INSERT INTO notes (id, text) VALUES ($1, $2)');
const insert = (id: unknown, text: unknown): Statement => ({ ...INSERT, values: [id, text] });
const NOTES = prepared('SELECT id, text FROM notes ORDER BY id');
const notes = async () => (await sendBatch(client, [{ ...NOTES, values: [] }]))[0]?.rows;

describe('a batch', () => {
  it('answers the result of every statement in its order', async () => {
    const [inserted, none, read] = await sendBatch(client, [
      statement(`INSERT INTO notes VALUES (1, 'a'), (2, 'b') RETURNING id`),
      statement('SELECT id FROM notes WHERE id > $1', 5),
      statement('SELECT id, text FROM notes ORDER BY id'),
    ]);
    expect(inserted).toMatchObject({ command: 'INSERT', rowCount: 2, rows: [{ id: 1 }, { id: 2 }] });
    expect(none).toMatchObject({ rowCount: 0, rows: [] });
    expect(read?.rows).toEqual([
      { id: 1, text: 'a' },
      { id: 2, text: 'b' },
    ]);
  });

  it('is one transaction: settings made local hold to its end and not beyond', async () => {
    const scope = statement(`SELECT set_config('app.user_id', $1, true)`, 'u');
    const look = statement(`SELECT current_setting('app.user_id', true) AS who`);
    const [, seen] = await sendBatch(client, [scope, look]);
    expect(seen?.rows).toEqual([{ who: 'u' }]);
    expect((await sendBatch(client, [look]))[0]?.rows).toEqual([{ who: '' }]);
  });

  it.each([
    ['first', [insert(null, 'x'), insert(2, 'b'), insert(3, 'c')], '23502'],
    ['second', [insert(1, 'a'), statement('SELEC 1'), insert(3, 'c')], '42601'],
    ['last', [insert(1, 'a'), insert(2, 'b'), insert(1, 'again')], '23505'],
  ])('with an error in the %s statement leaves nothing, and the connection usable', async (_, statements, state) => {
    const failure = await sendBatch(client, statements).catch((error: unknown) => error);
    expect(sqlStateOf(failure)).toBe(state);
    expect(await notes()).toEqual([]);
    await sendBatch(client, [insert(1, 'a'), insert(2, 'b')]);
    expect(await notes()).toHaveLength(2);
  });

  it('opens and ends a transaction that spans several', async () => {
    await sendBatch(client, [statement('START TRANSACTION'), insert(1, 'a')]);
    const second = await sendBatch(client, [insert(1, 'again')]).catch((error: unknown) => error);
    expect(sqlStateOf(second)).toBe('23505');
    // PostgreSQL answers a failed transaction's COMMIT with ROLLBACK.
    expect(await sendBatch(client, [statement('COMMIT')])).toMatchObject([{ command: 'ROLLBACK' }]);
    expect(await notes()).toEqual([]);
  });

  it('refuses a value that has no form on the wire before it sends anything', async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    await expect(async () => sendBatch(client, [insert(1, 'a'), insert(2, circular)])).rejects.toThrow();
    expect(await notes()).toEqual([]);
  });

  it('brings values of all kinds over unchanged', async () => {
    const values = [
      'ё\u202e🙂',
      1.5,
      true,
      null,
      new Date('2026-01-02T03:04:05.006Z'),
      ['a,"b', null, '\\'],
      { k: [1] },
    ];
    const [result] = await sendBatch(client, [
      statement(
        'SELECT $1::text a, $2::float8 b, $3::bool c, $4::text d, $5::timestamptz e, $6::text[] f, $7::jsonb g',
        ...values,
      ),
    ]);
    expect(Object.values(result?.rows[0] as object)).toEqual(values);
  });

  it('fails when the connection is cut, whole', async () => {
    const killer = statement('SELECT pg_terminate_backend(pg_backend_pid())');
    await expect(sendBatch(client, [insert(1, 'a'), killer, insert(2, 'b')])).rejects.toThrow();
  });

  it('waits for the batch before it on the same connection', async () => {
    const ids = Array.from({ length: 20 }, (_, id) => id);
    await Promise.all(ids.map((id) => sendBatch(client, [insert(id, randomUUID()), { ...NOTES, values: [] }])));
    expect(await notes()).toHaveLength(20);
  });
});
