import type { Logger } from 'pino';
import { createApi } from '../../api/src/bootstrap.js';
import { WorkerModule } from '../../worker/src/worker.module.js';
import { ensureFirstAdmin } from '#infrastructure/composition/first-admin.js';
import { HouseModule } from '#infrastructure/composition/house.module.js';
import { stopOnSignals } from '#infrastructure/composition/run-process.js';
import type { AppConfig } from '#infrastructure/config/app-config.js';
import { SettingsError } from '#infrastructure/config/settings.js';
import { readStandaloneSettings } from '#infrastructure/config/standalone-settings.js';
import { createLogger, NestLogger } from '#infrastructure/telemetry/logger.js';
import { connectSandbox } from './connect-sandbox.js';
import { startServices } from './services.js';
import { Stack } from './stack.js';
import { welcome } from './welcome.js';

const PATIENCE_MS = 30_000;

/** Both edges in this process. Answers the address of the API. */
const startEdges = async (config: AppConfig, log: Logger, stack: Stack): Promise<string> => {
  const { app } = await createApi(HouseModule.of(config, log), {
    trustedProxies: config.http.trustedProxies,
    log,
    nestLogger: new NestLogger(log),
    beside: [WorkerModule],
  });
  stack.push(() => app.close());
  await ensureFirstAdmin(app, config.firstAdmin);
  await app.listen(config.http.port, config.http.host);
  return (await app.getUrl()).replace('[::1]', '127.0.0.1');
};

/** The embedded mode: every service and both edges on one machine, in one process tree. */
const start = async (stack: Stack, log: Logger): Promise<void> => {
  const startedAt = performance.now();
  const settings = readStandaloneSettings();
  const { config, sandbox } = await startServices(settings, stack);
  const apiUrl = await startEdges(config, log, stack);
  const administrator = { email: config.firstAdmin.email ?? '', password: config.firstAdmin.password ?? '' };
  if (sandbox) await connectSandbox(apiUrl, sandbox.baseUrl, administrator);
  const seconds = (performance.now() - startedAt) / 1_000;
  const sandboxUrl = sandbox?.baseUrl ?? null;
  process.stdout.write(await welcome({ apiUrl, sandboxUrl, administrator, dataDir: settings.dataDir, seconds }));
};

const main = async (): Promise<void> => {
  const stack = new Stack();
  try {
    const log = createLogger(readStandaloneSettings().logLevel, 'sdelka');
    stopOnSignals(stack, log, PATIENCE_MS);
    await start(stack, log);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const faults = error instanceof SettingsError ? error.faults : [reason];
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    await stack.close().catch(() => undefined);
    process.exit(1);
  }
};

await main();
