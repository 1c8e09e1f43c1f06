import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from './single-instance.js';

let folder: string;
let dataDir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdelka-lock-'));
  dataDir = folder;
});
afterEach(async () => {
  for (const started of children.splice(0)) await end(started);
  rmSync(folder, { recursive: true, force: true });
});

const end = async (started: ChildProcess): Promise<void> => {
  if (started.exitCode !== null || started.signalCode !== null) return;
  const exited = once(started, 'exit');
  started.kill('SIGKILL');
  await exited;
};
const child = (command: string, ...args: string[]): ChildProcess => {
  const started = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(started);
  return started;
};
/** Another process that holds the lock. */
const holder = async (): Promise<ChildProcess> => {
  const module = new URL('./single-instance.js', import.meta.url).href;
  const program = `const { lockDataDir } = await import(${JSON.stringify(module)});
    lockDataDir(${JSON.stringify(dataDir)}); console.log('locked'); setInterval(() => undefined, 1000);`;
  const started = child(process.execPath, '--input-type=module', '-e', program);
  await once(started.stdout!, 'data');
  return started;
};
const file = () => join(dataDir, 'run.lock');
const isTakenOver = () => {
  const release = lockDataDir(dataDir);
  expect(readFileSync(file(), 'utf8')).toBe(String(process.pid));
  release();
  expect(existsSync(file())).toBe(false);
};

describe('the lock of a data folder', () => {
  it('keeps a second start away for as long as the first one runs, however that ends', async () => {
    const first = await holder();
    expect(() => lockDataDir(dataDir)).toThrow(`Sdelka already runs on ${dataDir} (process ${first.pid})`);
    expect(readFileSync(file(), 'utf8')).toBe(String(first.pid));
    await end(first);
    isTakenOver();
  });

  it('is made with its folder, and given back', () => {
    dataDir = join(folder, 'new/folder');
    isTakenOver();
    isTakenOver();
  });

  it('is taken over when its pid belongs to another program by now', async () => {
    const foreign = child('sleep', '1000');
    await once(foreign, 'spawn');
    writeFileSync(file(), String(foreign.pid));
    isTakenOver();
    expect(foreign.exitCode).toBeNull();
  });

  it('is taken over when it names ourselves: in a container every start has the same pid', () => {
    writeFileSync(file(), String(process.pid));
    isTakenOver();
  });

  it.each([
    ['empty', ''],
    ['nonsense', 'what?'],
    ['negative', '-1'],
  ])('is taken over when it is %s', (_, text) => {
    writeFileSync(file(), text);
    isTakenOver();
  });
});
