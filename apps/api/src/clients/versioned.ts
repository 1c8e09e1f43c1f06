import type { FastifyReply } from 'fastify';
import { etagOf } from '../crm/if-match.js';

/** Say the version of an answer in its `ETag`. */
export const tagged = <T extends { readonly version: number }>(reply: FastifyReply, view: T): T => {
  void reply.header('etag', etagOf(view.version));
  return view;
};
