import type { FastifyInstance } from 'fastify';

// An id, a secret and a state.
const MAX_SECRETS_BYTES = 16_384;

/**
 * Take little on the route where amoCRM delivers secrets, for anybody may call it. Call it before the application is
 * initialised.
 */
export const limitSecretsBody = (fastify: FastifyInstance): void => {
  fastify.addHook('onRoute', (route) => {
    if (route.url === '/hooks/amocrm-secrets') route.bodyLimit = MAX_SECRETS_BYTES;
  });
};
