import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type HookContent, type HookIntake, type LiveHookToken, MAX_HOOK_BYTES } from '#application/crm/index.js';

/** The path of the hook intake up to the token. */
export const HOOK_PATH = 'hooks/amocrm';

// Nobody sends it: it marks the bodies of the hook route for the parser below.
const RAW_HOOK = 'application/vnd.sdelka.raw-hook';

// What is left of a larger body is not waited for when its sender is turned away.
const MAX_UNREAD_BYTES = 65_536;

interface Admitted {
  readonly sender: LiveHookToken;
  readonly contentType: string;
}

const admitted = new WeakMap<FastifyRequest, Admitted>();

/**
 * Open the door of the hook route: who comes with an unknown token, or too often, is turned away before a byte of the
 * body is read. The bodies of the others are left as the bytes that came, whatever their content type says or whether
 * there is one; every other route keeps its parsers. Larger ones than `MAX_HOOK_BYTES` are answered with 413 while
 * they come in.
 *
 * Call it once on the adapter's instance before the application is initialised.
 */
export const registerHookBodyParser = (fastify: FastifyInstance, intake: Pick<HookIntake, 'admit'>): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!isHook(request)) return done();
    const { headers } = request.raw;
    const contentType = headers['content-type'] ?? '';
    headers['content-type'] = RAW_HOOK;
    intake.admit(tokenOf(request)).then(
      (sender) => {
        admitted.set(request, { sender, contentType });
        done();
      },
      (error: unknown) => {
        closeAfterLargeBody(request, reply);
        done(error as Error);
      },
    );
  });
  fastify.addContentTypeParser(RAW_HOOK, { parseAs: 'buffer', bodyLimit: MAX_HOOK_BYTES }, (request, body, done) => {
    if (isHook(request)) done(null, body);
    else done(Object.assign(new Error('Unsupported media type'), { statusCode: 415 }));
  });
};

/** Who brought a hook, and what it came as. */
export const admittedHook = (request: FastifyRequest): { sender: LiveHookToken; content: HookContent } => {
  const found = admitted.get(request);
  if (!found) throw new Error('The request came past the door');
  const { sender, contentType } = found;
  return { sender, content: { contentType, body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0) } };
};

const isHook = (request: FastifyRequest): boolean => request.routeOptions.url?.startsWith(`/${HOOK_PATH}/`) ?? false;

const tokenOf = ({ params }: FastifyRequest): string => {
  const { hookToken } = params as { readonly hookToken?: unknown };
  return typeof hookToken === 'string' ? hookToken : '';
};

const closeAfterLargeBody = ({ raw: { headers } }: FastifyRequest, reply: FastifyReply): void => {
  const isShort =
    headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= MAX_UNREAD_BYTES;
  if (!isShort) void reply.header('connection', 'close');
};
