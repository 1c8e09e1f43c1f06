import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the products of this test run keep their data and logs; one folder per started product. */
export const runFolder = join(tmpdir(), `sdelka-run-${process.env.SDELKA_TEST_RUN ?? process.pid}`);

let products = 0;

/** Make the folder of another product. */
export const productFolder = (name: string): string => {
  const folder = join(runFolder, `${String(++products).padStart(2, '0')}-${name}`);
  mkdirSync(join(folder, 'logs'), { recursive: true });
  return folder;
};

/** Log files of a product: the name of the process and everything that it wrote. */
export const logsOf = (folder: string): readonly { readonly name: string; readonly text: string }[] =>
  readdirSync(join(folder, 'logs'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, 'logs', name), 'utf8') }));
