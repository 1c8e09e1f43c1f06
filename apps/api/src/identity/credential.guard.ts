import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '#application/identity/index.js';
import { setActor } from '../shared/request-context.js';
import { keepSession } from './current-session.decorator.js';
import { PUBLIC_ROUTE } from './public-route.decorator.js';

/** Refuses every request without a valid credential, except on public routes, and says who is calling. */
@Injectable()
export class CredentialGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  canActivate(execution: ExecutionContext): boolean {
    if (
      this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, [
        execution.getHandler(),
        execution.getClass(),
      ])
    )
      return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const { workspaceId, sessionId, actor } = this.authenticator.authenticate(request.headers.authorization);
    setActor(request, { workspaceId, actor });
    keepSession(request, sessionId);
    return true;
  }
}
