import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '#application/identity/index.js';

type SessionId = SignedIn['sessionId'];

const sessions = new WeakMap<FastifyRequest, SessionId>();

/** Remember which session a request belongs to. */
export const keepSession = (request: FastifyRequest, sessionId: SessionId): void => {
  sessions.set(request, sessionId);
};

/** The session that the caller's credential belongs to; only on routes that need a credential. */
export const CurrentSession = createParamDecorator((_: unknown, execution: ExecutionContext): SessionId => {
  const sessionId = sessions.get(execution.switchToHttp().getRequest<FastifyRequest>());
  if (sessionId === undefined) throw new Error('The route is public: its callers have no session');
  return sessionId;
});
