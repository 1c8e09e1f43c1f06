import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type pg from 'pg';
import { eventually } from '#testing/eventually.js';
import { freePort } from '#testing/product/free-port.js';
import { PASSWORD } from './fill.js';
import { clientId, userIdSql, WORKSPACE_ID } from './ids.js';

/** A client with an e-mail and a company. */
const COMPLETE = 99_999;

type Json = Record<string, unknown>;
interface Answer {
  readonly status: number;
  readonly body: Json;
}
type Call = (method: string, path: string, body?: object) => Promise<Answer>;

const CLIENT = `id::int AS n, full_name AS name, phone, email, ${userIdSql('manager_id')} AS "responsibleId", status,
  to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"`;

/** Start a server of ours on the database that was filled, compare its answers with the seed, stop it. @throws AssertionError */
export const assertAnswersAreRight = async (owner: pg.Client): Promise<void> => {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../apps/api/src/main.js')], {
    env: { ...process.env, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const origin = `http://127.0.0.1:${port}`;
    await eventually(async () => (await fetch(`${origin}/health/ready`)).ok, { withinMs: 30_000 });
    const head = await signedIn(origin, 'head@example.com');
    await reading(owner, head);
    await writing(owner, head, await signedIn(origin, 'manager1@example.com'));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};

const signedIn = async (origin: string, email: string): Promise<Call> => {
  const calling =
    (token: string | null): Call =>
    async (method, path, body) => {
      const answer = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
    };
  const { status, body } = await calling(null)('POST', '/auth/login', { email, password: PASSWORD });
  assert.equal(status, 200, `login of ${email}: ${JSON.stringify(body)}`);
  return calling(String(body['accessToken']));
};

const items = async (call: Call, path: string): Promise<Json[]> => {
  const { status, body } = await call('GET', path);
  assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
  return body['items'] as Json[];
};

/** Everything that `truth` says is said by `row`. */
const assertSays = (what: string, row: Json | undefined, { n, status, ...truth }: Json): void => {
  assert.equal(row?.['id'], clientId(Number(n)), `${what}: id`);
  assert.deepEqual(row['tags'], [status], `${what}: status`);
  for (const [name, value] of Object.entries(truth)) assert.equal(row[name], value, `${what}: ${name}`);
};

const reading = async (owner: pg.Client, call: Call): Promise<void> => {
  const seed = async (sql: string): Promise<Json[]> => (await owner.query<Json>(sql)).rows;
  const list = await items(call, '/clients?limit=50');
  const newest = await seed(`SELECT ${CLIENT} FROM seed.clients ORDER BY id DESC LIMIT 50`);
  assert.equal(list.length, newest.length, 'list');
  newest.forEach((truth, index) => assertSays(`list ${index}`, list[index], truth));

  const found = await items(call, `/clients?limit=50&q=${encodeURIComponent('Кузнецова Мар')}`);
  const sought = await seed(
    `SELECT ${CLIENT} FROM seed.clients WHERE full_name ILIKE '%кузнецова мар%' ORDER BY id DESC LIMIT 50`,
  );
  assert.equal(found.length, sought.length, 'search');
  sought.forEach((truth, index) => assertSays(`search ${index}`, found[index], truth));

  const one = await call('GET', `/clients/${clientId(COMPLETE)}`);
  const [truth] = await seed(
    `SELECT full_name AS name, phone, email, city, company FROM seed.clients WHERE id = ${COMPLETE}`,
  );
  const { name, phones, emails, addresses, fields } = one.body as Record<string, { value: string }[]>;
  const said = { name, phone: phones?.[0]?.value, email: emails?.[0]?.value, city: addresses?.[0]?.value };
  assert.deepEqual({ ...said, ...(fields as object) }, truth, 'get');

  const [busiest] = await seed('SELECT client_id AS n FROM seed.comments GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1');
  const n = Number(busiest?.['n']);
  const history = await items(call, `/clients/${clientId(n)}/comments?limit=50`);
  const comments = await seed(
    `SELECT body AS text, ${userIdSql('author_id')} AS "authorId", to_char(c.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
       u.full_name AS "authorName"
     FROM seed.comments c JOIN seed.users u ON u.id = c.author_id WHERE client_id = ${n} ORDER BY c.id DESC LIMIT 50`,
  );
  assert.equal(history.length, comments.length, 'history');
  comments.forEach((comment, index) => {
    for (const [key, value] of Object.entries(comment))
      assert.equal(history[index]?.[key], value, `history ${index}: ${key}`);
  });

  const summary = (await call('GET', '/analytics/summary?from=2026-09-01&to=2026-09-30')).body;
  const [counted] = await seed(
    `SELECT (SELECT count(*)::int FROM seed.clients WHERE created_at >= '2026-09-01' AND created_at < '2026-10-01') AS "newClients",
       (SELECT count(*)::int FROM seed.comments WHERE created_at >= '2026-09-01' AND created_at < '2026-10-01') AS comments`,
  );
  for (const [key, value] of Object.entries(counted ?? {})) {
    for (const rows of ['perDay', 'perManager']) {
      const sum = (summary[rows] as Json[]).reduce((total, row) => total + Number(row[key]), 0);
      assert.equal(sum, value, `summary: ${key} ${rows}`);
    }
  }
};

const writing = async (owner: pg.Client, head: Call, manager: Call): Promise<void> => {
  assert.equal((await head('POST', '/clients', { source: 'referral' })).status, 422, 'a client without a name');
  const made = await head('POST', '/clients', {
    name: 'Проверкин Пётр',
    phones: [{ value: '+79001234567' }],
    emails: [{ value: 'p@example.org' }],
    addresses: [{ value: 'Казань' }],
    source: 'referral',
  });
  assert.equal(made.status, 201, `add client: ${JSON.stringify(made.body)}`);
  const path = `/clients/${String(made.body['id'])}`;
  const comment = { clientId: made.body['id'], text: 'Клиент уточнил сроки.' };
  const written = await head('POST', '/comments', comment);
  assert.deepEqual([written.status, written.body['text']], [201, comment.text], 'add comment');
  assert.equal((await items(head, '/clients?limit=1'))[0]?.['id'], made.body['id'], 'what is new comes first');
  assert.equal((await manager('DELETE', path)).status, 403, 'delete by a manager');
  assert.equal((await head('DELETE', path)).status, 204, 'delete');
  assert.equal((await head('GET', path)).status, 404, 'get after delete');
  assert.equal((await head('POST', '/comments', comment)).status, 404, 'a comment on nobody');
  // As it was.
  for (const table of ['client_entries', 'client_keys']) {
    await owner.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND client_id = $2`, [
      WORKSPACE_ID,
      made.body['id'],
    ]);
  }
  await owner.query('DELETE FROM public.clients WHERE workspace_id = $1 AND id = $2', [WORKSPACE_ID, made.body['id']]);
  await owner.query('DELETE FROM outbox WHERE workspace_id = $1', [WORKSPACE_ID]);
};
