import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '#application/identity/index.js';
import { setActor } from '../shared/request-context.js';
import { ACCESS_TOKEN } from './access-token.strategy.js';
import { keepSession } from './current-session.decorator.js';
import { PUBLIC_ROUTE } from './public-route.decorator.js';

/** Refuses every request without a valid credential, except on public routes, and says who is calling. */
@Injectable()
export class CredentialGuard extends AuthGuard(ACCESS_TOKEN) {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(execution: ExecutionContext): Promise<boolean> {
    const targets = [execution.getHandler(), execution.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, targets)) return true;
    await super.canActivate(execution);
    const request = execution.switchToHttp().getRequest<FastifyRequest & { user: SignedIn }>();
    const { workspaceId, sessionId, actor } = request.user;
    setActor(request, { workspaceId, actor });
    keepSession(request, sessionId);
    return true;
  }
}
