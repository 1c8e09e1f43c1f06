// npm run bench:peers: our routes beside those of other stacks, over the same data. BENCH_PEERS says where the others are.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepare, root } from '../prepare.mjs';

const folder = process.env.BENCH_PEERS ? resolve(process.env.BENCH_PEERS) : null;
if (folder === null || !existsSync(join(folder, 'compare.mjs'))) {
  console.error(
    folder === null
      ? 'BENCH_PEERS is missing: give the folder of the peers, with their compare.mjs'
      : `BENCH_PEERS: there is no compare.mjs in ${folder}`,
  );
  process.exit(2);
}
if (!existsSync(join(folder, 'node_modules'))) {
  console.error(`BENCH_PEERS: nothing is installed in ${folder}: run its compare.sh once`);
  process.exit(2);
}
prepare();
const ours = join(root, 'tools/bench/peers/ours.json');
const { status } = spawnSync(process.execPath, ['compare.mjs', '--extra', ours, ...process.argv.slice(2)], {
  cwd: folder,
  stdio: 'inherit',
});
process.exit(status ?? 1);
