import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { eventually } from '#testing/eventually.js';
import { freePort } from '#testing/product/free-port.js';

// Clock ticks a second, of Linux on every machine that we have met.
const TICKS = 100;

/** Processor seconds that a process has used; null where the system does not tell. */
export const processorSeconds = (pid: number): number | null => {
  try {
    // The name, in parentheses, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return null;
  }
};

/** Keep a process, all its threads, on the first processor, so that "on one core" is meant as said. */
export const pinToOneCore = (pid: number): boolean =>
  cpus().length > 1 && spawnSync('taskset', ['-a', '-c', '-p', '0', String(pid)]).status === 0;

export interface FloorServer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Start the floor on a free port. */
export const startFloor = async (databaseUrl: string): Promise<FloorServer> => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const program = fileURLToPath(new URL('floor-server.js', import.meta.url));
  const child = spawn(process.execPath, [program, new URL(url).port, databaseUrl], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await eventually(async () => (await fetch(`${url}/status`)).ok, { withinMs: 20_000 });
    return { url, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
