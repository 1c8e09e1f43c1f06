// npm run demo: the product in a temporary folder, copying by REST and by webhook in front of your eyes.
import { prepare } from '../prepare.mjs';

prepare();
await import('../../dist/tools/demo/main.js');
