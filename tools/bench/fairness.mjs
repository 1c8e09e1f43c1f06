// npm run bench:fairness: how long persons wait beside a bulk copy, in their own account and in another one.
import { prepare } from '../prepare.mjs';

prepare();
await import('../../dist/tools/bench/fairness/main.js');
