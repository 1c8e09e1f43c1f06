import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { EmbeddedPostgres } from '#infrastructure/embedded/embedded-postgres.js';
import { ADD_UP, BEGIN, FORGET, SHOW, START_NEXT, SUMS } from '#infrastructure/postgres/analytics/figures-sql.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';

const { values } = parseArgs({
  options: {
    facts: { type: 'string', default: '1000000' },
    members: { type: 'string', default: '40' },
    batch: { type: 'string', default: '20000' },
    plans: { type: 'boolean', default: false },
  },
});
const WORKSPACE = '01890000-0000-7000-8000-000000000001';
const ZONE = 'Europe/Moscow';
const LOOKS = 7;

interface Plan {
  readonly 'Planning Time': number;
  readonly 'Execution Time': number;
  readonly Plan: { readonly 'Shared Hit Blocks': number; readonly 'Shared Read Blocks': number };
}

/** Three years of comments, one new client to nine of them, in working hours, each member's. */
const FACTS = `
  INSERT INTO analytics_facts (workspace_id, metric, subject_id, member_id, bucket, counts, as_of)
  SELECT $1, CASE WHEN n % 10 = 0 THEN 'new_clients' ELSE 'comments' END, 
    ('01890000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
    '01890000-0000-7000-8000-' || lpad((2 + n * 7 % $3::int)::text, 12, '0'),
    date_bin('15 minutes', timestamptz '2024-01-01Z' + (n * 1096.0 / $2::int)::int * interval '1 day'
      + (6 + hashint4(n)::bigint % 6) * interval '1 hour', timestamptz 'epoch'), true, 1
  FROM generate_series(1, $2::int) n`;

// What the figures were kept in before: quarters of an hour.
const BUCKETS = `
  CREATE TABLE bench_buckets AS SELECT workspace_id, bucket, metric, member_id, count(*)::int AS count
    FROM analytics_facts GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
  ALTER TABLE bench_buckets ADD PRIMARY KEY (workspace_id, bucket, metric, member_id);
  SELECT sdelka_tenant_table('bench_buckets');
  CREATE INDEX bench_facts_by_time ON analytics_facts (workspace_id, bucket)`;

const sumsOf = (from: string, count: string) => `
  SELECT to_char(bucket AT TIME ZONE '${ZONE}', 'YYYY-MM-DD') AS day, member_id,
    coalesce(sum(${count}) FILTER (WHERE metric = 'new_clients'), 0)::int AS clients,
    coalesce(sum(${count}) FILTER (WHERE metric = 'comments'), 0)::int AS comments
  FROM ${from}
  WHERE workspace_id = $1 AND bucket >= $2::date::timestamp AT TIME ZONE '${ZONE}'
    AND bucket < ($3::date + 1)::timestamp AT TIME ZONE '${ZONE}'
  GROUP BY 1, 2`;

const QUESTIONS = [
  ['facts, an index by time', sumsOf('analytics_facts', '1')],
  ['quarters of an hour', sumsOf('bench_buckets', 'count')],
  ['days', SUMS.text],
] as const;
const PERIODS = [
  [30, '2026-06-01', '2026-06-30'],
  [366, '2025-12-01', '2026-12-01'],
] as const;

const folder = mkdtempSync(join(tmpdir(), 'sdelka-bench-figures-'));
const server = await EmbeddedPostgres.start({
  dataDir: join(folder, 'postgres'),
  password: 'bench',
  outlives: 'orderly-stop',
});
const client = new pg.Client({ connectionString: server.url('postgres') });
const note = (text: string) => process.stderr.write(`${text}\n`);

/** Add everything up as the product does, batch by batch. */
const addUp = async (): Promise<readonly number[]> => {
  const times = [];
  await client.query(FORGET, [WORKSPACE]);
  await client.query(START_NEXT, [WORKSPACE, ZONE]);
  if (values.plans) {
    // Half-way, where all that was passed would have to be read again without an index.
    const passed = [
      'comments',
      `01890000-0000-7000-9000-${String(Math.floor(Number(values.facts) / 2)).padStart(12, '0')}`,
    ];
    await client.query('BEGIN');
    await client.query(`UPDATE analytics_editions SET after_metric = $1, after_subject = $2`, passed);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${ADD_UP}`, [
      WORKSPACE,
      values.batch,
    ]);
    note(rows.map((row) => row['QUERY PLAN']).join('\n'));
    await client.query('ROLLBACK');
  }
  for (let more = true; more;) {
    const at = performance.now();
    more = ((await client.query(ADD_UP, [WORKSPACE, values.batch])).rowCount ?? 0) > 0;
    times.push(performance.now() - at);
  }
  await client.query(SHOW, [WORKSPACE]);
  await client.query(FORGET, [WORKSPACE]);
  return times;
};

const look = async (sql: string, from: string, to: string): Promise<Plan> => {
  const explain = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`;
  const plans = [];
  for (let n = 0; n < LOOKS; n++) {
    const { rows } = await client.query<{ 'QUERY PLAN': Plan[] }>(explain, [WORKSPACE, from, to]);
    plans.push(rows[0]!['QUERY PLAN'][0]!);
  }
  return plans.sort((a, b) => a['Execution Time'] - b['Execution Time'])[Math.floor(LOOKS / 2)]!;
};

try {
  await migrate(server.url('postgres'));
  await client.connect();
  note(`Filling ${values.facts} facts of ${values.members} members …`);
  await client.query(`INSERT INTO workspaces (id, name, time_zone) VALUES ($1, 'Bench', $2)`, [WORKSPACE, ZONE]);
  await client.query(FACTS, [WORKSPACE, values.facts, values.members]);
  await client.query(BUCKETS);
  await client.query('VACUUM ANALYZE');
  // From here on as the application does it: its role, its policies.
  await client.query('SET ROLE sdelka_app');
  await client.query(`SELECT set_config('app.workspace_id', $1, false)`, [WORKSPACE]);
  await client.query(BEGIN, [WORKSPACE, ZONE]);
  const times = await addUp();
  await client.query('RESET ROLE');
  await client.query('VACUUM ANALYZE analytics_days, analytics_editions');
  await client.query('SET ROLE sdelka_app');
  process.stdout.write(
    `Added up in ${times.length} batches, ${(times.reduce((a, b) => a + b) / 1_000).toFixed(1)} s; the longest ${Math.max(...times).toFixed(0)} ms\n\n`,
  );
  process.stdout.write(
    '| days | from | rows in all | ms | planning, ms | pages of 8 KB |\n| ---: | --- | ---: | ---: | ---: | ---: |\n',
  );
  for (const [days, from, to] of PERIODS) {
    for (const [index, [name, sql]] of QUESTIONS.entries()) {
      const table = ['analytics_facts', 'bench_buckets', 'analytics_days'][index]!;
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
      const { Plan: root, ...took } = await look(sql, from, to);
      if (values.plans) note(JSON.stringify(root, null, 1));
      const pages = root['Shared Hit Blocks'] + root['Shared Read Blocks'];
      const cells = [
        days,
        name,
        rows[0]!.count,
        took['Execution Time'].toFixed(1),
        took['Planning Time'].toFixed(1),
        pages,
      ];
      process.stdout.write(`| ${cells.join(' | ')} |\n`);
    }
  }
} finally {
  await client.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
