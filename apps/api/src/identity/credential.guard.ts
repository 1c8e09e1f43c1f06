import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  type KeySignedIn,
  SessionGate,
  type SignedIn,
  StillAdmitted,
  WidgetAuthenticator,
  type WidgetSignedIn,
} from '#application/identity/index.js';
import { keepAdmission } from '../shared/admission.js';
import { READS_ONLY } from '../shared/reads-only.decorator.js';
import { setActor } from '../shared/request-context.js';
import { ACCESS_TOKEN } from './access-token.strategy.js';
import { API_KEY, API_KEY_HEADER } from './api-key.strategy.js';
import { keepSession } from './current-session.decorator.js';
import { PUBLIC_ROUTE } from './public-route.decorator.js';
import { SESSION_ROUTE } from './session-route.decorator.js';
import { WIDGET_TOKEN, WIDGET_TOKEN_HEADER } from './widget-token.strategy.js';

// RFC 9110: safe methods.
const READS = new Set(['GET', 'HEAD']);

/**
 * Refuses every request without a valid credential, except on public routes, and says who is calling. An access token
 * is asked for unless the caller brings amoCRM's one-time token and nothing else, or an API key. A key comes alone: who
 * sends a second credential with it does not know which of them acts.
 */
@Injectable()
export class CredentialGuard implements CanActivate {
  private readonly accessToken = new (AuthGuard(ACCESS_TOKEN))();
  private readonly apiKey = new (AuthGuard(API_KEY))();
  private readonly widgetToken = new (AuthGuard(WIDGET_TOKEN))();

  constructor(
    private readonly reflector: Reflector,
    private readonly widget: WidgetAuthenticator,
    private readonly sessions: SessionGate,
    private readonly still: StillAdmitted,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.isMarked(execution, PUBLIC_ROUTE)) return true;
    const { headers } = execution.switchToHttp().getRequest<FastifyRequest>();
    const credential = credentialOf(headers);
    if (credential === 'bearer' || this.isMarked(execution, SESSION_ROUTE)) await this.admitUser(execution);
    else if (credential === 'key') await this.admitProgram(execution);
    else await this.admitVisitor(execution);
    return true;
  }

  private async admitProgram(execution: ExecutionContext): Promise<void> {
    await this.apiKey.canActivate(execution);
    const request = execution.switchToHttp().getRequest<FastifyRequest & { user: KeySignedIn }>();
    const { user, headers } = request;
    setActor(request, user);
    keepAdmission(request, () => this.still.assertKey(String(headers[API_KEY_HEADER]), user));
  }

  private async admitUser(execution: ExecutionContext): Promise<void> {
    await this.accessToken.canActivate(execution);
    const request = execution.switchToHttp().getRequest<FastifyRequest & { user: SignedIn }>();
    await this.sessions.assertOpen(request.user);
    const { user } = request;
    const { workspaceId, sessionId, actor } = user;
    setActor(request, { workspaceId, actor });
    keepSession(request, sessionId);
    keepAdmission(request, () => this.still.assertSession(user));
  }

  private async admitVisitor(execution: ExecutionContext): Promise<void> {
    await this.widgetToken.canActivate(execution);
    const request = execution.switchToHttp().getRequest<FastifyRequest & { user: WidgetSignedIn }>();
    const { user, headers } = request;
    const { workspaceId, actor } = user;
    // A key says itself what is a repetition; amoCRM's page may well send several changes with one token.
    const isKeyed = headers['idempotency-key'] !== undefined;
    const changes = !READS.has(request.method) && !this.isMarked(execution, READS_ONLY);
    if (changes && !isKeyed) await this.widget.spend(user);
    setActor(request, { workspaceId, actor });
    keepAdmission(request, () => this.still.assertVisitor(String(headers[WIDGET_TOKEN_HEADER]), user));
  }

  private isMarked(execution: ExecutionContext, mark: string): boolean {
    return this.reflector.getAllAndOverride<boolean>(mark, [execution.getHandler(), execution.getClass()]) === true;
  }
}

const credentialOf = (headers: FastifyRequest['headers']): 'bearer' | 'key' | 'widget' => {
  const { authorization, [API_KEY_HEADER]: key, [WIDGET_TOKEN_HEADER]: visitor } = headers;
  if (key !== undefined && (authorization !== undefined || visitor !== undefined)) {
    const detail = 'An API key comes without any other credential';
    throw new AppError(sharedErrors['shared.unauthenticated'], { detail, cause: new Error('api key: not alone') });
  }
  if (key !== undefined) return 'key';
  return visitor !== undefined && authorization === undefined ? 'widget' : 'bearer';
};
