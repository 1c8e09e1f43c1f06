import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';

export interface RefreshSessionInput {
  readonly refreshToken: string;
}

/**
 * Exchange a refresh token for a new pair. The user, the membership and the role are looked at anew.
 *
 * Fails with `identity.refresh_invalid` (401) when the token is unknown or its session has ended, and with
 * `identity.refresh_reused` (401) when the token was exchanged before: the session is ended then, and stays so
 * although the answer is an error. Of two exchanges at once one wins, and the other ends the session.
 */
@Permission('public', { ownTransactions: true })
export class RefreshSessionCommand extends Command<SessionTokensView> {
  constructor(readonly input: RefreshSessionInput) {
    super();
  }
}
