import pg from 'pg';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import { assertAnswersAreRight } from './answers.js';
import { fill } from './fill.js';

/*
 * Started by the comparison before our server, with DATABASE_URL of a database that holds the seed: makes the product's
 * tables of it, then asks a server of ours what the seed knows the answers to. A wrong answer ends the comparison for us.
 */
const url = process.env['DATABASE_URL'] ?? '';
const startedAt = performance.now();
const note = (text: string): void => {
  process.stderr.write(`      set-up: ${text} (${((performance.now() - startedAt) / 1_000).toFixed(1)} s)\n`);
};

// Tables of ours have some of the names.
const MOVE = `
  CREATE SCHEMA seed;
  ALTER TABLE users SET SCHEMA seed;
  ALTER TABLE sources SET SCHEMA seed;
  ALTER TABLE stages SET SCHEMA seed;
  ALTER TABLE clients SET SCHEMA seed;
  ALTER TABLE comments SET SCHEMA seed;
  ALTER TABLE orders SET SCHEMA seed`;

const owner = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
await owner.connect();
try {
  await owner.query(MOVE);
  await migrate(url);
  await runQueueMigrations(url);
  note('migrated');
  await fill(owner, note);
  await assertAnswersAreRight(owner);
  note('answers checked');
} finally {
  await owner.end();
}
