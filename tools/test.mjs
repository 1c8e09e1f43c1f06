// npm test: sets itself up and runs every test that needs neither a browser nor Redis; names what it leaves out.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

prepare();
const patterns = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', join(root, 'node_modules/jest/bin/jest.js'), ...patterns],
  { cwd: root, stdio: 'inherit' },
);
if (!process.env.TEST_REDIS_URL)
  console.log('Left out: the Redis half of the contract suites. Run "npm run test:redis" (needs redis-server).');
console.log('Left out: end to end and faults. Run "npm run test:e2e", "npm run test:faults".');
process.exit(status ?? 1);
