import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { apiRoutes } from './api/routes.js';
import type { SandboxConfig } from './config.js';
import { registerControl } from './control/register.js';
import { Core } from './core.js';
import { problemBody } from './http/answers.js';
import type { Route } from './http/call.js';
import { apiHandler, hostOf, openHandler, pathOf, send } from './http/pipeline.js';
import { registerOauth } from './oauth/register.js';
import { registerPages } from './page/register.js';

const BODY_LIMIT = 32 * 1024 * 1024;
/** Path parameters that are not numbers. */
const TEXT_PARAMS = new Set(['uid', 'uuid', 'eventId']);
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

export interface Sandbox {
  readonly core: Core;
  /** Start to listen; resolves with the real port. */
  listen(): Promise<{ port: number; baseUrl: string }>;
  close(): Promise<void>;
}

/**
 * Build a sandbox: loads its journal or fills a new account.
 *
 * @throws Error when the journal is damaged
 */
export function createSandbox(config: SandboxConfig): Sandbox {
  const core = new Core(config);
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  takeRawBodies(app);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-request-id', randomUUID());
  });
  registerControl(app, core);
  registerOauth(app, core);
  registerPages(app, core);
  registerApi(app, core, apiRoutes);
  registerUnknown(app, core);
  return {
    core,
    listen: async () => {
      await app.listen({ port: config.port, host: config.host });
      const address = app.server.address();
      const port = typeof address === 'object' && address ? address.port : config.port;
      return { port, baseUrl: `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}` };
    },
    close: async () => {
      await app.close();
      await core.close();
    },
  };
}

/** Bodies are parsed within the request's own course, so that a bad one is refused in amoCRM's manner. */
function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** Register the routes; other methods of a known path are 405. */
function registerApi(app: FastifyInstance, core: Core, routes: readonly Route[]): void {
  const methodsOf = new Map<string, Set<string>>();
  for (const route of routes) {
    const url = route.path.replace(/:(\w+)/g, (param, name: string) =>
      TEXT_PARAMS.has(name) ? `${param}(^[\\w-]+$)` : `${param}(^\\d+$)`,
    );
    methodsOf.set(url, (methodsOf.get(url) ?? new Set()).add(route.method));
    app.route({ method: route.method, url, handler: apiHandler(core, route) });
  }
  for (const [url, known] of methodsOf) {
    const method = METHODS.filter((one) => !known.has(one));
    const refuse = openHandler(core, (request) => ({
      status: 405,
      body: problemBody(405, `Method ${request.method} is not allowed. Allowed: ${[...known].join(', ')}`),
      headers: { allow: [...known].join(', ') },
    }));
    if (method.length > 0) app.route({ method, url, handler: refuse });
  }
}

function registerUnknown(app: FastifyInstance, core: Core): void {
  app.setNotFoundHandler(
    openHandler(core, (request) => ({
      status: 404,
      body: problemBody(404, `Cannot ${request.method} http://${hostOf(request)}${pathOf(request)}!`),
    })),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return send(reply, { status, body: problemBody(status, error.message) });
  });
}
