import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../crm/if-match.js';

export { versionOf } from '../crm/if-match.js';

/** Document that a change can be bound to the version that the caller saw. */
export const IfMatch = (): MethodDecorator =>
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  });

/** Say the version of an answer in its `ETag`. */
export const tagged = <T extends { readonly version: number }>(reply: FastifyReply, view: T): T => {
  void reply.header('etag', etagOf(view.version));
  return view;
};
