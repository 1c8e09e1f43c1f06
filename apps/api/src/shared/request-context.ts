import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { Actor, RequestContext } from '#application/shared/context/request-context.js';
import type { CurrentContext } from '#application/shared/context/current-context.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const contexts = new WeakMap<FastifyRequest, Mutable<RequestContext>>();

const CORRELATION_ID = /^[\w.:-]{1,100}$/;

const languageOf = (header: string | undefined): 'ru' | 'en' =>
  header?.trim().toLowerCase().startsWith('en') ? 'en' : 'ru';

/**
 * Open an anonymous context for every request, before anything else looks at it. The guard fills in who it is.
 * A caller's `X-Correlation-Id` is taken over when it is harmless to log.
 */
export const openContextPerRequest = (fastify: FastifyInstance, current: CurrentContext): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    const given = request.headers['x-correlation-id'];
    const context: Mutable<RequestContext> = {
      workspaceId: null,
      actor: { kind: 'anonymous' },
      requestId: randomUUID(),
      correlationId: typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID(),
      language: languageOf(request.headers['accept-language']),
      ip: request.ip,
      userAgent: request.headers['user-agent']?.slice(0, 300),
    };
    contexts.set(request, context);
    void reply.header('x-request-id', context.requestId);
    current.run(context, done);
  });
};

/** The context of a request; always there after `openContextPerRequest`. */
export const contextOf = (request: FastifyRequest): RequestContext => {
  const context = contexts.get(request);
  if (!context) throw new Error('The request has no context');
  return context;
};

/** Say who the request is from, once its credential was checked. */
export const setActor = (request: FastifyRequest, identity: { workspaceId: WorkspaceId; actor: Actor }): void => {
  const context = contexts.get(request);
  if (!context) throw new Error('The request has no context');
  context.workspaceId = identity.workspaceId;
  context.actor = identity.actor;
};

/** Attach the caller's idempotency key; the bus uses it for the command of this request. */
export const setIdempotency = (request: FastifyRequest, idempotency: { key: string; fingerprint: string }): void => {
  const context = contexts.get(request);
  if (context) context.idempotency = idempotency;
};
