// npm run bench:clients: lists, search and duplicates over many clients, and what a request costs beside a bare server.
import { prepare } from '../prepare.mjs';

prepare();
await import('../../dist/tools/bench/clients/main.js');
