// npm start: everything on one machine, from a fresh clone.
import { prepare } from './prepare.mjs';

prepare();
await import('../dist/apps/standalone/src/main.js');
