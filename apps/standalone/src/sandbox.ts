import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Sandbox {
  readonly baseUrl: string;
  /** Resolves when the process has ended, however that came about. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

const PROGRAM = fileURLToPath(new URL('../../amocrm-sandbox/src/main.js', import.meta.url));
const START_TIMEOUT_MS = 20_000;

/** Run the amoCRM sandbox as a process of its own: it is no part of the product and shares nothing with it. */
export const startSandbox = async ({
  port,
  dataDir,
  clientId,
  clientSecret,
  redirectUri,
}: SandboxOptions): Promise<Sandbox> => {
  const folder = join(dataDir, 'sandbox');
  mkdirSync(folder, { recursive: true });
  const child = fork(PROGRAM, [], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // Its own group: Ctrl-C reaches us, and we stop it in order. When we die, its channel to us closes, and it ends.
    detached: true,
    env: {
      ...childEnvironment(),
      SANDBOX_PORT: String(port),
      SANDBOX_DATA_DIR: folder,
      SANDBOX_CLIENT_ID: clientId,
      SANDBOX_CLIENT_SECRET: clientSecret,
      SANDBOX_REDIRECT_URI: redirectUri,
    },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const baseUrl = await readyAt(child);
  return {
    baseUrl,
    exited,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
};

const childEnvironment = (): Record<string, string> => ({ PATH: '/usr/local/bin:/usr/bin:/bin' });

/** The sandbox says in one line of JSON where it listens. */
const readyAt = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The amoCRM sandbox did not start in time')), START_TIMEOUT_MS);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The amoCRM sandbox ended at once (exit code ${code ?? 'none'})`));
    });
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      try {
        resolve((JSON.parse(line) as { baseUrl: string }).baseUrl);
      } catch (cause) {
        reject(new Error('The amoCRM sandbox did not say where it listens', { cause }));
      }
    });
  });
