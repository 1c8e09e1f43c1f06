import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { actorKey } from '#application/shared/context/actor-key.js';
import { assertSaneShape } from './body-shape.js';
import { contextOf, setIdempotency } from './request-context.js';

const WRITES = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);
const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * Reads `Idempotency-Key` of writes by a signed-in caller. The stored key is bound to the caller, the fingerprint to
 * method, path and body: the same key with anything else is refused.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const { actor } = contextOf(request);
    if (key === undefined || !WRITES.has(request.method) || actor.kind === 'anonymous') return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) {
      const issue = {
        path: 'Idempotency-Key',
        code: 'malformed',
        message: 'must be 1 to 128 printable ASCII characters',
      };
      throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
    }
    assertSaneShape(request.body);
    const path = request.url.split('?')[0] ?? '';
    const fingerprint = createHash('sha256')
      .update(`${request.method} ${path}\n${JSON.stringify(request.body ?? null)}`)
      .digest('hex');
    setIdempotency(request, { key: `http:${actorKey(actor)}:${key}`, fingerprint });
    return next.handle();
  }
}
