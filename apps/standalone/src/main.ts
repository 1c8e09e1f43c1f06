import { createApi } from '../../api/src/bootstrap.js';
import { WorkerModule } from '../../worker/src/worker.module.js';
import { ensureFirstAdmin } from '#infrastructure/composition/first-admin.js';
import { HouseModule } from '#infrastructure/composition/house.module.js';
import { stopOnSignals } from '#infrastructure/composition/run-process.js';
import { SettingsError } from '#infrastructure/config/settings.js';
import { readStandaloneSettings, standaloneConfig } from '#infrastructure/config/standalone-settings.js';
import { migrate } from '#infrastructure/postgres/shared/migrate.js';
import { runQueueMigrations } from '#infrastructure/queue/queue-migrations.js';
import { createLogger, NestLogger } from '#infrastructure/telemetry/logger.js';
import { connectSandbox } from './connect-sandbox.js';
import { startDatabase } from './database.js';
import { startSandbox } from './sandbox.js';
import { localSecrets } from './settings.js';
import { lockDataDir } from './single-instance.js';
import { Stack } from './stack.js';
import { welcome } from './welcome.js';

// The sandbox knows one integration; both sides take these.
const SANDBOX_CLIENT_ID = '0c3ef2a1-5b0e-4d0f-9a55-5d3e1a000001';
const SANDBOX_CLIENT_SECRET = 'sandbox-secret-of-no-value-outside-this-machine';
const PATIENCE_MS = 30_000;

/** The embedded mode: every service and both edges on one machine, in one process tree. */
const start = async (): Promise<void> => {
  const startedAt = performance.now();
  const settings = readStandaloneSettings();
  const log = createLogger(settings.logLevel, 'sdelka');
  const stack = new Stack();
  stopOnSignals(stack, log, PATIENCE_MS);
  try {
    const secrets = localSecrets(settings.dataDir);
    stack.push(lockDataDir(settings.dataDir));
    const database = settings.embeddedDatabase ? await startDatabase(settings.dataDir, secrets, settings.databasePort) : null;
    if (database) stack.push(() => database.server.stop());
    const first = standaloneConfig({ databaseUrl: database?.url, ...secrets });
    if (!database) {
      await migrate(first.database.migrationUrl);
      if (first.queue.redisUrl === null) await runQueueMigrations(first.database.migrationUrl);
    }
    const integration = { clientId: SANDBOX_CLIENT_ID, clientSecret: SANDBOX_CLIENT_SECRET };
    const sandbox =
      settings.sandboxPort === null
        ? null
        : await startSandbox({ port: settings.sandboxPort, dataDir: settings.dataDir, redirectUri: first.amocrm.redirectUri, ...integration });
    if (sandbox) stack.push(() => sandbox.stop());
    const config = standaloneConfig({ databaseUrl: database?.url, ...secrets, sandbox: sandbox ? { baseUrl: sandbox.baseUrl, ...integration } : undefined });
    const { app } = await createApi(HouseModule.of(config, log), {
      trustedProxies: config.http.trustedProxies,
      log,
      nestLogger: new NestLogger(log),
      beside: [WorkerModule],
    });
    stack.push(() => app.close());
    await ensureFirstAdmin(app, config.firstAdmin);
    await app.listen(config.http.port, config.http.host);
    const apiUrl = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    const administrator = { email: config.firstAdmin.email ?? '', password: config.firstAdmin.password ?? '' };
    if (sandbox) await connectSandbox(apiUrl, sandbox.baseUrl, administrator);
    process.stdout.write(await welcome({ apiUrl, sandboxUrl: sandbox?.baseUrl ?? null, administrator, dataDir: settings.dataDir, seconds: (performance.now() - startedAt) / 1_000 }));
  } catch (error) {
    const faults = error instanceof SettingsError ? error.faults : [error instanceof Error ? error.message : String(error)];
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    log.debug({ err: error }, 'could not start');
    await stack.close();
    process.exit(1);
  }
};

await start();
