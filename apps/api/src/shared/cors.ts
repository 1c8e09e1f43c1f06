import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { WidgetOrigins } from '#application/crm/index.js';

const API = '/api/v1/';
const PREFLIGHT_MAX_AGE_S = 600;
const NONE = { origin: false } as const;

const POLICY = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['X-Auth-Token', 'Content-Type', 'Idempotency-Key', 'If-Match'],
  exposedHeaders: ['ETag', 'Location', 'Retry-After'],
  maxAge: PREFLIGHT_MAX_AGE_S,
  strictPreflight: false,
};

/**
 * Let pages of connected amoCRM accounts read our answers (WHATWG Fetch, CORS). An origin is named, never `*`; cookies
 * are not for us; anybody else's page gets no such header and its browser keeps the answer from it.
 */
export const allowWidgetPages = (app: NestFastifyApplication, log: Logger): void => {
  const origins = app.get(WidgetOrigins);
  const isWelcome = (origin: string): Promise<boolean> =>
    origins.allows(origin).catch((error: unknown) => {
      // The request itself tells its caller what is wrong; without knowing its page we promise that page nothing.
      log.warn({ err: error }, 'the origins of connected accounts cannot be read');
      return false;
    });
  // A callback: a request that no page sent goes on at once.
  app.enableCors({
    delegator: ({ url, headers: { origin } }: FastifyRequest, answer: (error: null, policy: object) => void) => {
      if (origin === undefined || !url.startsWith(API)) answer(null, NONE);
      else void isWelcome(origin).then((welcome) => answer(null, welcome ? { ...POLICY, origin: [origin] } : NONE));
    },
  });
};
