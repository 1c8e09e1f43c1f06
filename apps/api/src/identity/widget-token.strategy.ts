import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport';
import { WidgetAuthenticator } from '#application/identity/index.js';

/** Passport's name of the credential `X-Auth-Token: <one-time token of amoCRM>`. */
export const WIDGET_TOKEN = 'widget-token';

/** Where amoCRM's pages put the token (amoCRM: disposable tokens, `$authorizedAjax`). */
export const WIDGET_TOKEN_HEADER = 'x-auth-token';

/** Checks one-time tokens for Passport; what is wrong with one is told by the error, not by Passport's own answers. */
@Injectable()
export class WidgetTokenStrategy extends PassportStrategy(Strategy, WIDGET_TOKEN) {
  constructor(private readonly authenticator: WidgetAuthenticator) {
    super();
  }

  /** Unused: this strategy decides in `authenticate`, which knows the request. */
  validate(): never {
    throw new Error('The widget token strategy has no verify callback');
  }

  override authenticate(request: { readonly headers: FastifyRequest['headers'] }): void {
    const token = String(request.headers[WIDGET_TOKEN_HEADER] ?? '');
    this.authenticator.authenticate(token).then(
      (signedIn) => this.success(signedIn),
      (error: unknown) => this.error(error),
    );
  }
}
