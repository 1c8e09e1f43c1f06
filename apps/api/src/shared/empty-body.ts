import type { FastifyInstance } from 'fastify';

/**
 * Clients put their usual `Content-Type: application/json` on requests that have no body, `POST …/cancel` say. Fastify
 * would refuse the empty text as malformed JSON.
 */
export const acceptEmptyBodies = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    if (length === '0' || (length === undefined && encoding === undefined)) delete request.headers['content-type'];
    done();
  });
};
