// npm run openapi: write docs/openapi.json and docs/permissions.md from the code. Tests compare them.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    'dist/apps/api/test/document.spec.js',
    'dist/apps/api/test/permissions.spec.js',
    '-t',
    'committed|asks for one permission',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, UPDATE_OPENAPI: '1' },
  },
);
process.exit(status ?? 1);
