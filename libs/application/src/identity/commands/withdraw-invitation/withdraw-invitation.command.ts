import { Command } from '@nestjs/cqrs';
import type { InvitationId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** Withdraw an open invitation: its links end at once. Fails with `identity.invitation_unknown`, `identity.invitation_ended`. */
@Permission('identity:manage-members')
export class WithdrawInvitationCommand extends Command<void> {
  constructor(readonly id: InvitationId) {
    super();
  }
}
