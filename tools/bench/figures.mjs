// npm run bench:figures: what the summary costs PostgreSQL, beside counting what is stored and beside finer sums.
import { prepare } from '../prepare.mjs';

prepare();
await import('../../dist/tools/bench/figures/main.js');
