import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { assertAcceptable } from '#domain/identity/invitation.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { type FoundInvitation, INVITATION_DIRECTORY, type InvitationDirectory } from '../ports/invitations.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import { STRANGER_LIMITER, type StrangerLimiter } from '../ports/stranger-limiter.js';

/** Where those come who hold the token of an invitation. */
@Injectable()
export class InvitationDoor {
  constructor(
    private readonly context: CurrentContext,
    @Inject(INVITATION_DIRECTORY) private readonly directory: InvitationDirectory,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(STRANGER_LIMITER) private readonly strangers: StrangerLimiter,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The invitation that `token` was sent for, and the token's hash.
   *
   * @throws AppError `identity.invitation_unknown`, `identity.too_many_attempts`, or why it cannot be accepted any more
   */
  async open(token: string): Promise<{ readonly invitation: FoundInvitation; readonly hash: string }> {
    const ip = this.context.get().ip ?? 'unknown';
    await this.strangers.assertWelcome(ip);
    const hash = this.secrets.hashOf(token);
    const invitation = await this.directory.findByToken(hash);
    if (!invitation) {
      await this.strangers.countMiss(ip);
      throw new AppError(identityErrors['identity.invitation_unknown']);
    }
    assertAcceptable(invitation, hash, this.clock.now());
    return { invitation, hash };
  }
}
