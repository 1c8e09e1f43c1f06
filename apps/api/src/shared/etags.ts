import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

/** Document that a change is made only to the version that the caller saw. */
export const IfMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  });

/** Document that an answer need not be sent again to whoever has it. */
export const Cached = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({ name: 'If-None-Match', required: false, description: '`ETag` of the answer that the caller has' }),
    ApiResponse({ status: 304, description: 'The caller has it already' }),
  );

// RFC 9110, 13.1.2: compared weakly.
const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/** True when `If-None-Match` names the tag. */
export const isKnown = (ifNoneMatch: string | undefined, etag: unknown): boolean =>
  ifNoneMatch !== undefined &&
  typeof etag === 'string' &&
  ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));

/** Answer 304 instead of what the caller has already. Needs nothing of a route but its `ETag`. */
export const answerNotModified = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const known = request.headers['if-none-match'];
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (known === undefined || !reads || reply.statusCode !== 200 || !isKnown(known, reply.getHeader('etag'))) {
      done(null, payload);
      return;
    }
    void reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, null);
  });
};
