import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // No such process, or a system without /proc: then the signal below decides.
    return '';
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/**
 * Keep a second start away from a data folder in use. A lock left by a killed process is taken over, also when its pid
 * belongs to another program by now.
 *
 * @returns releases the lock
 * @throws Error that names the running process
 */
export const lockDataDir = (dataDir: string): (() => void) => {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'run.lock');
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = Number(readFileSync(file, 'utf8'));
    const command = commandOf(pid);
    const ours = command === '' || /node/.test(command);
    // A start that was cut off, e.g. by a full disk, may have left the file empty; pid 0 would mean ourselves.
    if (pid > 0 && pid !== process.pid && isAlive(pid) && ours)
      throw new Error(`Sdelka already runs on ${dataDir} (process ${pid})`, { cause: error });
    writeFileSync(file, String(process.pid));
  }
  return () => rmSync(file, { force: true });
};
