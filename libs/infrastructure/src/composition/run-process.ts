import type { Logger } from 'pino';
import { type AppConfig, loadProcessConfig } from '../config/app-config.js';
import { SettingsError } from '../config/settings.js';
import { createLogger } from '../telemetry/logger.js';

export interface Running {
  /** Stop in order; called once, on SIGTERM or SIGINT. */
  close(): Promise<void>;
}

const LAST_RESORT_MS = 10_000;

/**
 * Run a process of the product until it is told to stop: configuration from the environment, faults told in one line
 * each, a clean end on SIGTERM and SIGINT.
 */
export const runProcess = async (
  name: string,
  start: (config: AppConfig, log: Logger) => Promise<Running>,
): Promise<void> => {
  let config: AppConfig;
  try {
    config = loadProcessConfig();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const fault of error.faults) process.stderr.write(`${fault}\n`);
    process.exit(1);
  }
  const log = createLogger(config.logLevel, name);
  try {
    const running = await start(config, log);
    stopOnSignals(running, log, config.worker.shutdownGraceMs + LAST_RESORT_MS);
  } catch (error) {
    log.fatal({ err: error }, 'could not start');
    process.stderr.write(`${name} could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
};

/** Close on the first SIGTERM or SIGINT; end the process at once on the second, or when closing takes too long. */
export const stopOnSignals = (running: Running, log: Logger, patienceMs: number): void => {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), patienceMs).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
};
