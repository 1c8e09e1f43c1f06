import type { FastifyInstance } from 'fastify';
import type { Core } from '../core.js';
import { accessRoutes } from './access.js';
import { accountRoutes } from './accounts.js';
import { behaviourRoutes } from './behaviour.js';
import { callOutRoutes } from './calls-out.js';
import { contentRoutes } from './content.js';
import { registerControlRoutes } from './context.js';
import { disposableRoutes } from './disposable.js';
import { dumpRoutes } from './dump.js';
import { externalRoutes } from './external.js';

/** The control surface under `/_sandbox`. */
export function registerControl(app: FastifyInstance, core: Core): void {
  registerControlRoutes(app, core, [
    ...behaviourRoutes,
    ...accessRoutes,
    ...accountRoutes,
    ...disposableRoutes,
    ...contentRoutes,
    ...dumpRoutes,
    ...callOutRoutes,
    ...externalRoutes,
  ]);
}
