import type { AppConfig } from '#infrastructure/config/app-config.js';
import { standaloneConfig, type StandaloneSettings } from '#infrastructure/config/standalone-settings.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import { startDatabase } from './database.js';
import { type Sandbox, startSandbox } from './sandbox.js';
import { localSecrets } from './settings.js';
import { lockDataDir } from './single-instance.js';
import type { Stack } from './stack.js';

// The sandbox knows one integration; both sides take these.
const SANDBOX_INTEGRATION = {
  clientId: '0c3ef2a1-5b0e-4d0f-9a55-5d3e1a000001',
  clientSecret: 'sandbox-secret-of-no-value-outside-this-machine',
};

export interface Services {
  readonly config: AppConfig;
  /** Null when a real amoCRM integration is configured. */
  readonly sandbox: Sandbox | null;
}

/** Start what the product needs around it and is not given by the environment. */
export const startServices = async (settings: StandaloneSettings, stack: Stack): Promise<Services> => {
  // First of all: two first starts at once would each make secrets up, and the database would keep those of one only.
  stack.push(lockDataDir(settings.dataDir));
  const secrets = localSecrets(settings.dataDir);
  const database = settings.embeddedDatabase
    ? await startDatabase(settings.dataDir, secrets, settings.databasePort)
    : null;
  if (database) stack.push(() => database.server.stop());
  const services = { ...secrets, databaseUrl: database?.url };
  // Read once before the sandbox runs: it must know our address to send people back to.
  const config = standaloneConfig(services);
  if (!database) await migrateGiven(config);
  if (settings.sandboxPort === null) return { config, sandbox: null };
  const sandbox = await startSandbox({
    ...SANDBOX_INTEGRATION,
    port: settings.sandboxPort,
    dataDir: settings.dataDir,
    redirectUri: config.amocrm.redirectUri,
  });
  stack.push(() => sandbox.stop());
  return {
    sandbox,
    config: standaloneConfig({ ...services, sandbox: { baseUrl: sandbox.baseUrl, ...SANDBOX_INTEGRATION } }),
  };
};

const migrateGiven = async ({ database, queue }: AppConfig): Promise<void> => {
  await migrate(database.migrationUrl);
  if (queue.redis === null) await runQueueMigrations(database.migrationUrl);
};
