// npm run test:e2e, npm run test:faults: a suite against running processes, with its own Jest configuration.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

const [suite, ...patterns] = process.argv.slice(2);
prepare();
const jest = join(root, 'node_modules/jest/bin/jest.js');
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', jest, '-c', join(root, `jest.${suite}.config.js`), ...patterns],
  { cwd: root, stdio: 'inherit', env: { ...process.env, SDELKA_TEST_RUN: String(process.pid) } },
);
process.exit(status ?? 1);
