import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AppError, type ErrorSpec } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { contextOf } from './request-context.js';
import { problemOf } from './problem.js';

const BY_STATUS: Readonly<Record<number, ErrorSpec>> = {
  400: sharedErrors['shared.malformed_body'],
  401: sharedErrors['shared.unauthenticated'],
  403: sharedErrors['shared.forbidden'],
  404: sharedErrors['shared.not_found'],
  413: sharedErrors['shared.too_large'],
  415: sharedErrors['shared.unsupported_media_type'],
  422: sharedErrors['shared.validation_failed'],
  429: sharedErrors['shared.rate_limited'],
};

// Connection failures of pg and the like: the request may simply be sent again.
const LOST_CONNECTION =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|terminating connection|not queryable|runner already released|when trying to connect|57P0[123]|the database system is/;

/** The one place where errors become HTTP answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const error = asAppError(thrown);
    const { requestId } = contextOf(request);
    // The route's pattern, not the address: addresses may carry tokens.
    const instance = request.routeOptions.url ?? '/';
    this.report(error, { requestId, method: request.method, route: instance });
    const problem = problemOf(error, instance, requestId);
    if (error.retryAfterMs !== undefined)
      void reply.header('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)));
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
  }

  private report(error: AppError, where: object): void {
    const entry = { ...where, code: error.code, kind: error.kind };
    switch (error.kind) {
      case 'internal':
        this.log.error({ ...entry, err: error.cause ?? error }, 'request failed');
        return;
      case 'upstream_busy':
      case 'upstream_down':
      case 'upstream_revoked':
        this.log.warn({ ...entry, detail: error.message }, 'request failed upstream');
        return;
      case 'unauthenticated':
        // The caller is told nothing about what was wrong with a credential; the operator is.
        this.log.info(
          { ...entry, ...(error.cause instanceof Error && { why: error.cause.message }) },
          'request refused',
        );
        return;
      default:
        this.log.info(entry, 'request refused');
    }
  }
}

/** Every thrown thing as an AppError: ours as it is, Nest's and Fastify's by their status, the rest as internal. */
export const asAppError = (thrown: unknown): AppError => {
  if (thrown instanceof AppError) return thrown;
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown } | null)?.statusCode;
  const spec =
    typeof status === 'number' ? (BY_STATUS[status] ?? (status < 500 ? BY_STATUS[400] : undefined)) : undefined;
  if (spec) return new AppError(spec, { cause: thrown });
  const unavailable = LOST_CONNECTION.test(`${(thrown as { code?: unknown } | null)?.code ?? ''} ${String(thrown)}`);
  return new AppError(sharedErrors[unavailable ? 'shared.unavailable' : 'shared.internal'], { cause: thrown });
};
