// npm run bench:http: what our routes do a second, beside the floor of the platform.
import { prepare } from '../prepare.mjs';

prepare();
await import('../../dist/tools/bench/http/main.js');
