import { loadProcessConfig } from '#infrastructure/config/app-config.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';

/** The release step that brings the database to the version of the code: `node dist/tools/migrate.js`. */
const { database, queue } = loadProcessConfig();
const done = await migrate(database.migrationUrl);
if (queue.redis === null) await runQueueMigrations(database.migrationUrl);
console.log(done.length === 0 ? 'The database is up to date' : `Migrated: ${done.join(', ')}`);
