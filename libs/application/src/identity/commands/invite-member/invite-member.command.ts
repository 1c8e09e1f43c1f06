import { Command } from '@nestjs/cqrs';
import type { Role } from '#domain/identity/permissions.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { InvitationView } from '../../queries/list-invitations/invitation.view.js';

export interface InviteMemberInput {
  readonly email: string;
  readonly role: Role;
  readonly name?: string;
}

/**
 * Invite a person by e-mail; a worker sends the link, which works once and for 72 hours.
 *
 * Fails with `identity.already_member`, `identity.already_invited` (with the id of the open invitation), and with
 * `identity.beyond_own_rights` for a role that may more than the caller.
 */
@Permission('identity:manage-members')
export class InviteMemberCommand extends Command<InvitationView> {
  constructor(readonly input: InviteMemberInput) {
    super();
  }
}
