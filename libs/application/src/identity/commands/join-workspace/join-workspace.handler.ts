import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { InvitationDoor } from '../../services/invitation-door.js';
import { InvitationEntry } from '../../services/invitation-entry.js';
import type { InvitationAccepted } from '../accept-invitation/accept-invitation.command.js';
import { JoinWorkspaceCommand } from './join-workspace.command.js';

@CommandHandler(JoinWorkspaceCommand)
export class JoinWorkspaceHandler implements ICommandHandler<JoinWorkspaceCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly door: InvitationDoor,
    private readonly entry: InvitationEntry,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
  ) {}

  async execute({ token }: JoinWorkspaceCommand): Promise<InvitationAccepted> {
    const { invitation, hash } = await this.door.open(token);
    const { email, workspaceId } = invitation;
    const account = await this.directory.findByEmail(email);
    if (!account || account.userId !== this.context.userId()) {
      throw new AppError(identityErrors['identity.invitation_for_another']);
    }
    await this.entry.enter(invitation, hash, { kind: 'known', userId: account.userId, email: account.email });
    return { email: account.email, workspaceId };
  }
}
