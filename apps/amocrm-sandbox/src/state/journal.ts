import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'journal.jsonl';

/**
 * Append-only file of JSON lines. One line holds all effects of one request and is written with one
 * call before the answer leaves, so a killed process loses nothing it has answered for and never
 * keeps half of a request. Without a folder nothing is written.
 */
export class Journal {
  private fd: number | null = null;
  private readonly path: string | null;

  constructor(dir: string | null) {
    if (dir) mkdirSync(dir, { recursive: true });
    this.path = dir ? join(dir, FILE) : null;
  }

  /**
   * Read all entries in order.
   *
   * @throws Error when a line other than the last cannot be parsed; a torn last line is what a crash leaves and is skipped
   */
  read(take: (entry: unknown) => void): void {
    if (!this.path || !existsSync(this.path)) return;
    const lines = readFileSync(this.path, 'utf8').split('\n');
    lines.forEach((line, number) => {
      if (line === '') return;
      let entry: unknown;
      try {
        entry = JSON.parse(line);
      } catch (error) {
        if (number >= lines.length - 1) return;
        throw new Error(`${this.path}: line ${number + 1} is damaged`, { cause: error });
      }
      take(entry);
    });
  }

  /** Replace the file by these entries (written beside, then renamed) and go on appending to it. */
  rewrite(entries: Iterable<unknown>): void {
    if (!this.path) return;
    this.close();
    const temporary = `${this.path}.new`;
    const fd = openSync(temporary, 'w');
    for (const entry of entries) writeWhole(fd, entry);
    fsyncSync(fd);
    closeSync(fd);
    renameSync(temporary, this.path);
    this.fd = openSync(this.path, 'a');
  }

  append(entry: unknown): void {
    if (this.fd !== null) writeWhole(this.fd, entry);
  }

  close(): void {
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }
}

function writeWhole(fd: number, entry: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
  // a short write is possible for large lines; the rest must follow or the line would be torn
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}
