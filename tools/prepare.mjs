// What every entry point needs before it can start: the locked packages and an up-to-date build.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const MIN_NODE = [20, 19];

const assertNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  console.error(`Node ${MIN_NODE.join('.')} or newer is needed, this is ${process.versions.node}`);
  process.exit(1);
};

const run = (command, args, label) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(`${label} failed${error ? `: ${error.message}` : ''}`);
  process.exit(status ?? 1);
};

/** npm writes the tree that it installed to a hidden lock file: compare it with ours, package by package. */
const packagesAreInstalled = () => {
  const hidden = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, dev, peer }]) =>
      path === '' ||
      optional ||
      peer ||
      (dev && process.env.NODE_ENV === 'production') ||
      installed[path]?.version === version,
  );
};

/** Install and build what is missing; quick when nothing is. */
export const prepare = () => {
  assertNode();
  if (!packagesAreInstalled()) {
    console.error('Installing the packages …');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'The installation');
  }
  run(process.execPath, [join(root, 'tools/build.mjs')], 'The build');
};
