import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  Authenticator,
  KeyAuthenticator,
  SessionGate,
  StillAdmitted,
  WidgetAuthenticator,
} from '#application/identity/index.js';
import { keepAdmission } from '../shared/admission.js';
import { READS_ONLY } from '../shared/reads-only.decorator.js';
import { setActor } from '../shared/request-context.js';
import { keepSession } from './current-session.decorator.js';
import { PUBLIC_ROUTE } from './public-route.decorator.js';
import { SESSION_ROUTE } from './session-route.decorator.js';

const API_KEY_HEADER = 'x-api-key';
// Where amoCRM's pages put the one-time token (amoCRM: disposable tokens, `$authorizedAjax`).
const WIDGET_TOKEN_HEADER = 'x-auth-token';

// RFC 9110: safe methods.
const READS = new Set(['GET', 'HEAD']);

/**
 * Refuses every request without a valid credential, except on public routes, and says who is calling. An access token
 * is asked for unless the caller brings amoCRM's one-time token and nothing else, or an API key. A key comes alone: who
 * sends a second credential with it does not know which of them acts.
 */
@Injectable()
export class CredentialGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly users: Authenticator,
    private readonly sessions: SessionGate,
    private readonly keys: KeyAuthenticator,
    private readonly widget: WidgetAuthenticator,
    private readonly still: StillAdmitted,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.isMarked(execution, PUBLIC_ROUTE)) return true;
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const credential = credentialOf(request.headers);
    if (credential === 'bearer' || this.isMarked(execution, SESSION_ROUTE)) await this.admitUser(request);
    else if (credential === 'key') await this.admitProgram(request);
    else await this.admitVisitor(request, execution);
    return true;
  }

  private async admitUser(request: FastifyRequest): Promise<void> {
    const signedIn = await this.users.authenticate(request.headers.authorization);
    await this.sessions.assertOpen(signedIn);
    setActor(request, signedIn);
    keepSession(request, signedIn.sessionId);
    keepAdmission(request, () => this.still.assertSession(signedIn));
  }

  private async admitProgram(request: FastifyRequest): Promise<void> {
    const key = String(request.headers[API_KEY_HEADER] ?? '');
    const program = await this.keys.authenticate(key);
    setActor(request, program);
    keepAdmission(request, () => this.still.assertKey(key, program));
  }

  private async admitVisitor(request: FastifyRequest, execution: ExecutionContext): Promise<void> {
    const token = String(request.headers[WIDGET_TOKEN_HEADER] ?? '');
    const visitor = await this.widget.authenticate(token);
    // A key says itself what is a repetition; amoCRM's page may well send several changes with one token.
    const isKeyed = request.headers['idempotency-key'] !== undefined;
    const changes = !READS.has(request.method) && !this.isMarked(execution, READS_ONLY);
    if (changes && !isKeyed) await this.widget.spend(visitor);
    setActor(request, visitor);
    keepAdmission(request, () => this.still.assertVisitor(token, visitor));
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
