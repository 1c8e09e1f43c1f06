import { readConfig } from './config.js';
import { createSandbox, type Sandbox } from './server.js';

/** Print one line and end with 1. */
function fail(message: string): never {
  process.stderr.write(`amocrm-sandbox: ${message}\n`);
  process.exit(1);
}

function stopOn(signal: NodeJS.Signals, sandbox: Sandbox): void {
  process.once(signal, () => {
    sandbox.close().then(
      () => process.exit(0),
      (error: unknown) => fail(`could not stop: ${String(error)}`),
    );
  });
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const sandbox = createSandbox(config);
  stopOn('SIGTERM', sandbox);
  stopOn('SIGINT', sandbox);
  // Started by another process over a channel: when that one dies, however it does, this one ends too.
  process.once('disconnect', () => process.exit(0));
  const { port, baseUrl } = await sandbox.listen().catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE'
      ? new Error(`port ${config.port} on ${config.host} is in use (SANDBOX_PORT)`)
      : error;
  });
  process.stdout.write(`${JSON.stringify({ sandbox: 'ready', port, baseUrl })}\n`);
}

main().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
