import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file of the source tree; `path` is relative to the root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const findRoot = (from: string): string => {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('No package.json above the architecture tests');
  return findRoot(parent);
};

/** The root of the repository. The tests run from dist/, so it is looked for upwards. */
export const ROOT = findRoot(dirname(fileURLToPath(import.meta.url)));

const SKIPPED = new Set(['node_modules', 'dist', 'fixtures', 'console', 'widget']);

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });

/** The TypeScript sources under `folder`, specs left out; empty when the folder is not there. */
export const sourcesUnder = (folder: string): readonly SourceFile[] => {
  const top = join(ROOT, folder);
  if (!existsSync(top)) return [];
  return walk(top)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => ({ path: relative(ROOT, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
};

/** Load a script of the repository that is not compiled. The caller says what it exports. */
export const loadScript = async <T>(path: string): Promise<T> =>
  (await import(pathToFileURL(join(ROOT, path)).href)) as T;
