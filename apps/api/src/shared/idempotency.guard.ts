import { createHash } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { actorKey } from '#application/shared/context/actor-key.js';
import { assertSaneShape } from './body-shape.js';
import { contextOf, setIdempotency } from './request-context.js';

const WRITES = new Set(['POST', 'PATCH', 'PUT', 'DELETE']);
const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * Reads `Idempotency-Key` of writes by a signed-in caller. The stored key is bound to the caller, the fingerprint to
 * method, path and body: the same key with anything else is refused. It comes after the guard that says who is calling.
 */
@Injectable()
export class IdempotencyGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const { actor } = contextOf(request);
    if (key === undefined || !WRITES.has(request.method) || actor.kind === 'anonymous') return true;
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
    return true;
  }
}
