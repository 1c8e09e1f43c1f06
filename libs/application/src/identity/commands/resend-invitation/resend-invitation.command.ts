import { Command } from '@nestjs/cqrs';
import type { InvitationId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Send an open invitation again, with a new link and 72 hours more; earlier links end. Also for one that has run out of
 * time. Fails with `identity.invitation_unknown`, `identity.invitation_ended`, `identity.invitation_sent_lately`,
 * `identity.beyond_own_rights`.
 */
@Permission('identity:manage-members')
export class ResendInvitationCommand extends Command<void> {
  constructor(readonly id: InvitationId) {
    super();
  }
}
