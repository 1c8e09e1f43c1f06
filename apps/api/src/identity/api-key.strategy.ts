import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport';
import { KeyAuthenticator } from '#application/identity/index.js';

/** Passport's name of the credential `X-Api-Key: <API key>`. */
export const API_KEY = 'api-key';

export const API_KEY_HEADER = 'x-api-key';

/** Checks API keys for Passport; what is wrong with one is told by the error, not by Passport's own answers. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, API_KEY) {
  constructor(private readonly authenticator: KeyAuthenticator) {
    super();
  }

  /** Unused: this strategy decides in `authenticate`, which knows the request. */
  validate(): never {
    throw new Error('The API key strategy has no verify callback');
  }

  override authenticate(request: { readonly headers: FastifyRequest['headers'] }): void {
    this.authenticator.authenticate(String(request.headers[API_KEY_HEADER] ?? '')).then(
      (signedIn) => this.success(signedIn),
      (error: unknown) => this.error(error),
    );
  }
}
