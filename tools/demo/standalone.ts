import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from './free-ports.js';

/** The embedded mode as a process of its own, on free ports, with a data folder that lives as long as it does. */
export interface Standalone {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly administrator: { readonly email: string; readonly password: string };
  /** Rejects when the process ends without having been asked to. */
  readonly crashed: Promise<never>;
  /** End the process and remove its folder; safe to call twice. */
  stop(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL('../../apps/standalone/src/main.js', import.meta.url));
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 45_000;
const READY = /^Sdelka is ready/;

/**
 * Start the product with a data set of its own, apart from whatever else runs here.
 *
 * @param signal  ends the start as well
 * @throws Error in one line when it does not come up; nothing is left behind then
 */
export const startStandalone = async (signal: AbortSignal): Promise<Standalone> => {
  const folder = await mkdtemp(join(tmpdir(), 'sdelka-demo-'));
  const [apiPort, sandboxPort] = await freePorts(2);
  const administrator = { email: 'demo@sdelka.local', password: randomBytes(12).toString('base64url') };
  const child = spawn(process.execPath, [PROGRAM], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own group: Ctrl-C in the terminal reaches us alone, and we stop it in order.
    detached: true,
    env: {
      ...inherited(),
      SDELKA_DATA_DIR: folder,
      PORT: String(apiPort),
      SANDBOX_PORT: String(sandboxPort),
      SDELKA_ADMIN_EMAIL: administrator.email,
      SDELKA_ADMIN_PASSWORD: administrator.password,
      LOG_LEVEL: 'warn',
    },
  });
  const ended = endOf(child);
  const stop = async (): Promise<void> => {
    await end(child, ended);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready(child, ended, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  const crashed = ended.then((reason) => Promise.reject(new Error(`The product ended by itself: ${reason}`)));
  // Whoever waits for something races against it; nobody waiting is no error.
  crashed.catch(() => undefined);
  return {
    apiUrl: `http://127.0.0.1:${apiPort}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    administrator,
    crashed,
    stop,
  };
};

/** Settings of the caller's own installation must not reach this one. */
const inherited = (): Record<string, string | undefined> => {
  const { PATH, HOME, TMPDIR, LANG, SystemRoot } = process.env;
  return { PATH, HOME, TMPDIR, LANG, SystemRoot };
};

/** Resolves with the last thing that the process said on stderr, or how it ended. */
const endOf = (child: ChildProcess): Promise<string> => {
  let last = '';
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => (last = line || last));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(last || `exit ${signal ?? code ?? ''}`));
  });
};

const ready = (child: ChildProcess, ended: Promise<string>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The product was not ready within ${START_TIMEOUT_MS / 1_000} s`)),
      START_TIMEOUT_MS,
    );
    const done = (outcome: () => void) => {
      clearTimeout(timer);
      outcome();
    };
    signal.addEventListener('abort', () => done(() => reject(new Error('interrupted'))), { once: true });
    void ended.then((reason) => done(() => reject(new Error(`The product did not start: ${reason}`))));
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => READY.test(line) && done(resolve));
  });

const end = async (child: ChildProcess, ended: Promise<string>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
};
