import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport';
import { Authenticator } from '#application/identity/index.js';

/** Passport's name of the credential `Authorization: Bearer <access token>`. */
export const ACCESS_TOKEN = 'access-token';

/** Checks access tokens for Passport; what is wrong with one is told by the error, not by Passport's own answers. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, ACCESS_TOKEN) {
  constructor(private readonly authenticator: Authenticator) {
    super();
  }

  /** Unused: this strategy decides in `authenticate`, which knows the request. */
  validate(): never {
    throw new Error('The access token strategy has no verify callback');
  }

  override authenticate(request: { readonly headers: FastifyRequest['headers'] }): void {
    this.authenticator.authenticate(request.headers.authorization).then(
      (signedIn) => this.success(signedIn),
      (error: unknown) => this.error(error),
    );
  }
}
