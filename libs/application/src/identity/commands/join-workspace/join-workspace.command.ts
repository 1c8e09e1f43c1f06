import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { InvitationAccepted } from '../accept-invitation/accept-invitation.command.js';

/**
 * Accept an invitation as whoever is signed in, who must be the invited person. The session stays in its workspace.
 *
 * Fails with why the invitation cannot be accepted, `identity.invitation_for_another`, `identity.already_member`.
 */
@Permission('identity:read-self', { ownTransactions: true })
export class JoinWorkspaceCommand extends Command<InvitationAccepted> {
  constructor(readonly token: string) {
    super();
  }
}
