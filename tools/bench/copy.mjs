// npm run bench:copy: what copying costs in amoCRM requests and in time, beside the naive way.
import { prepare } from '../prepare.mjs';

prepare();
await import('../../dist/tools/bench/main.js');
