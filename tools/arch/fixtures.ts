import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type SourceFile } from './repository.js';

/** One text of a fixture file, under the path that it pretends to have. */
export interface Fixture extends SourceFile {
  /** The fixture file and the line of its heading. */
  readonly from: string;
  /** What must be reported: a rule or the start of a fault; `ok` when nothing may be. */
  readonly expected: string;
}

const HEADING = /^\/\/\/\/ (\S+) -> (.+)$/;

/** Cut a fixture file at its `//// path -> expected` headings. @throws Error when it does not start with one */
export const cutFixtures = (from: string, text: string): readonly Fixture[] => {
  let line = 1;
  return text.split(/^(?=\/\/\/\/ )/m).map((part) => {
    const [heading = '', ...lines] = part.split('\n');
    const [, path, expected] = HEADING.exec(heading) ?? [];
    if (!path || !expected) throw new Error(`${from}:${line}: not a fixture heading: ${heading}`);
    const fixture = { from: `${from}:${line}`, path, expected, text: lines.join('\n') };
    line += lines.length;
    return fixture;
  });
};

/** The fixtures of `tools/arch/fixtures/<folder>`. */
export const readFixtures = (folder: string): readonly Fixture[] => {
  const path = join(ROOT, 'tools/arch/fixtures', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .flatMap((name) => cutFixtures(name, readFileSync(join(path, name), 'utf8')));
};
