import type { FastifyInstance, FastifyRequest } from 'fastify';

// A sender that is cut off at once never reads why: what is left of its body is thrown away for so long.
const DRAIN_FOR_MS = 5_000;

/**
 * Let whoever sends a body that is refused unread have the answer. Fastify would close the connection with it, and the
 * sender, who is still writing, would see that and nothing else.
 */
export const throwAwayUnread = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (!request.raw.complete) void reply.removeHeader('connection');
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, _reply, done) => {
    throwAwayRest(request);
    done();
  });
};

const throwAwayRest = ({ raw }: FastifyRequest): void => {
  if (raw.complete || raw.destroyed) return;
  const patience = setTimeout(() => raw.destroy(), DRAIN_FOR_MS).unref();
  raw.once('end', () => clearTimeout(patience)).once('close', () => clearTimeout(patience));
  raw.resume();
};
