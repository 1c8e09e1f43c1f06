import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InvitationApplicant } from '../../services/invitation-applicant.js';
import { InvitationDoor } from '../../services/invitation-door.js';
import { InvitationEntry } from '../../services/invitation-entry.js';
import { AcceptInvitationCommand, type InvitationAccepted } from './accept-invitation.command.js';

@CommandHandler(AcceptInvitationCommand)
export class AcceptInvitationHandler implements ICommandHandler<AcceptInvitationCommand> {
  constructor(
    private readonly door: InvitationDoor,
    private readonly applicant: InvitationApplicant,
    private readonly entry: InvitationEntry,
  ) {}

  async execute({ input }: AcceptInvitationCommand): Promise<InvitationAccepted> {
    const { invitation, hash } = await this.door.open(input.token);
    const applicant = await this.applicant.prove(invitation, input);
    await this.entry.enter(invitation, hash, applicant);
    return { email: invitation.email, workspaceId: invitation.workspaceId };
  }
}
