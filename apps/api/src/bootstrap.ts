import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { DynamicModule, LoggerService, Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { HookIntake } from '#application/crm/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { ApiModule } from './api.module.js';
import { registerUploadBodies } from './clients/upload-body.js';
import { registerHookBodyParser } from './crm/hook-body-parser.js';
import { limitSecretsBody } from './crm/secrets-body-limit.js';
import { documentOf } from './openapi/document.js';
import { serialiseByDocument } from './openapi/response-schemas.js';
import { ProblemFilter } from './shared/problem.filter.js';
import { allowWidgetPages } from './shared/cors.js';
import { openContextPerRequest } from './shared/request-context.js';
import { answerNotModified } from './shared/etags.js';
import { acceptEmptyBodies } from './shared/empty-body.js';
import { addLocations } from './shared/responses.js';
import { addSecurityHeaders } from './shared/security-headers.js';
import { throwAwayUnread } from './shared/unread-bodies.js';
import { createValidationPipe } from './shared/validation.js';

const MAX_BODY_BYTES = 2 * 1024 * 1024;

export interface ApiOptions {
  /** How many reverse proxies stand in front. */
  readonly trustedProxies: number;
  readonly log: Logger;
  /** Takes Nest's own messages. */
  readonly nestLogger: LoggerService;
  /** Serve the document and its pages under /api/docs and /api/openapi.json; true unless given. */
  readonly withDocs?: boolean;
  /** More edges to run in the same process. */
  readonly beside?: readonly Type<object>[];
}

export interface Api {
  readonly app: NestFastifyApplication;
  readonly document: OpenAPIObject;
  /** Every registered route, `GET /api/v1/…/:id`. */
  readonly routes: readonly string[];
}

/** Assemble the HTTP edge in front of `house`; the caller listens and closes. */
export const createApi = async (
  house: DynamicModule,
  { trustedProxies, log, nestLogger, beside = [], withDocs = true }: ApiOptions,
): Promise<Api> => {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    // Where nothing stands in front, nobody's word on it is read.
    trustProxy: trustedProxies > 0 && ((_address, hop) => hop < trustedProxies),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    forceCloseConnections: 'idle',
    // Nothing here is Express middleware.
    skipMiddie: true,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = collectRoutes(fastify);
  openContextPerRequest(fastify, new CurrentContext());
  addSecurityHeaders(fastify);
  acceptEmptyBodies(fastify);
  limitSecretsBody(fastify);
  answerNotModified(fastify);
  addLocations(fastify);
  registerUploadBodies(fastify);
  throwAwayUnread(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.behind(house, beside), adapter, {
    logger: nestLogger,
    abortOnError: false,
  });
  try {
    const document = await furnish(app, fastify, log, withDocs);
    return { app, document, routes };
  } catch (error) {
    // What was started with the application must not outlive a failed start.
    await app.close();
    throw error;
  }
};

/** Fills while routes are registered. */
const collectRoutes = (fastify: FastifyInstance): readonly string[] => {
  const routes: string[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((name) => `${name} ${url}`));
  });
  return routes;
};

const furnish = async (
  app: NestFastifyApplication,
  fastify: FastifyInstance,
  log: Logger,
  withDocs: boolean,
): Promise<OpenAPIObject> => {
  registerHookBodyParser(fastify, app.get(HookIntake, { strict: false }));
  allowWidgetPages(app, log);
  app.useGlobalPipes(createValidationPipe());
  app.useGlobalFilters(new ProblemFilter(log));
  const document = documentOf(app);
  serialiseByDocument(fastify, document);
  if (withDocs) SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
  await app.init();
  // Brought along by Fastify and Nest: bodies are JSON, and what is not is told so.
  fastify.removeContentTypeParser(['text/plain', 'application/x-www-form-urlencoded']);
  await fastify.ready();
  return document;
};
