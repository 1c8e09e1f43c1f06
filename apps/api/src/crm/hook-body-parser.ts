import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MAX_HOOK_BYTES } from '#application/crm/index.js';

/** The path of the hook intake up to the token. */
export const HOOK_PATH = 'hooks/amocrm';

// Nobody sends it: it marks the bodies of the hook route for the parser below.
const RAW_HOOK = 'application/vnd.sdelka.raw-hook';

const sentTypes = new WeakMap<FastifyRequest, string>();

/**
 * Leave bodies of the hook route as the bytes that came, whatever their content type says or whether there is one; every
 * other route keeps its parsers. Larger bodies than `MAX_HOOK_BYTES` are answered with 413 while they come in.
 *
 * Call it once on the adapter's instance before the application is initialised.
 */
export const registerHookBodyParser = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (isHook(request)) {
      const { headers } = request.raw;
      sentTypes.set(request, headers['content-type'] ?? '');
      headers['content-type'] = RAW_HOOK;
    }
    done();
  });
  fastify.addContentTypeParser(RAW_HOOK, { parseAs: 'buffer', bodyLimit: MAX_HOOK_BYTES }, (request, body, done) => {
    if (isHook(request)) done(null, body);
    else done(Object.assign(new Error('Unsupported media type'), { statusCode: 415 }));
  });
};

/** What a hook came as. */
export const hookBodyOf = (request: FastifyRequest): { contentType: string | undefined; body: Uint8Array } => ({
  contentType: sentTypes.get(request),
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
});

const isHook = (request: FastifyRequest): boolean => request.routeOptions.url?.startsWith(`/${HOOK_PATH}/`) ?? false;
