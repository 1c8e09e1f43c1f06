import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import type { InvitationView } from '../../queries/list-invitations/invitation.view.js';
import { Granting } from '../../services/granting.js';
import { InvitationScreen } from '../../services/invitation-screen.js';
import { InvitationBook } from '../../services/invitation-book.js';
import { InviteMemberCommand } from './invite-member.command.js';

@CommandHandler(InviteMemberCommand)
export class InviteMemberHandler implements ICommandHandler<InviteMemberCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly granting: Granting,
    private readonly book: InvitationBook,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    private readonly screen: InvitationScreen,
  ) {}

  async execute({ input }: InviteMemberCommand): Promise<InvitationView> {
    await this.granting.assertWithin(input.role);
    // Accounts are told apart by this form of an address, so the mail goes to it, too: not to a lookalike of it.
    const email = input.email.trim().normalize('NFKC');
    const member = await this.directory.findMember(this.context.workspaceId(), email);
    if (member) throw new AppError(identityErrors['identity.already_member'], { details: { memberId: member.userId } });
    const id = await this.book.open({ email, role: input.role, name: input.name?.trim() ?? null });
    const view = await this.screen.find(id);
    if (!view) throw new Error('The invitation was not stored');
    return view;
  }
}
