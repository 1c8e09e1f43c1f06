import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logsOf, runFolder } from './run-folder.js';

const LINES = 30;

const tail = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.includes('"level":20'))
    .slice(-LINES)
    .join('\n');

/**
 * A Jest reporter: after a file with failures it prints the last lines of the logs of its products. They are kept when
 * something failed.
 */
class LogReporter {
  readonly #shown = new Set<string>();
  #failed = false;

  onTestResult(
    _test: unknown,
    { numFailingTests, testExecError }: { numFailingTests: number; testExecError?: unknown },
  ): void {
    const folders = existsSync(runFolder) ? readdirSync(runFolder).filter((name) => !this.#shown.has(name)) : [];
    for (const folder of folders) this.#shown.add(folder);
    if (numFailingTests === 0 && testExecError === undefined) return;
    this.#failed = true;
    for (const folder of folders) {
      for (const { name, text } of logsOf(join(runFolder, folder)))
        process.stderr.write(`\n── ${folder}/${name}\n${tail(text)}\n`);
    }
  }

  onRunComplete(): void {
    if (this.#failed) process.stderr.write(`\nLogs are kept in ${runFolder}\n`);
    else rmSync(runFolder, { recursive: true, force: true });
  }
}

export default LogReporter;
