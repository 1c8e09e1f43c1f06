import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Granting } from '../../services/granting.js';
import { InvitationBook } from '../../services/invitation-book.js';
import { ResendInvitationCommand } from './resend-invitation.command.js';

@CommandHandler(ResendInvitationCommand)
export class ResendInvitationHandler implements ICommandHandler<ResendInvitationCommand> {
  constructor(
    private readonly book: InvitationBook,
    private readonly granting: Granting,
  ) {}

  async execute({ id }: ResendInvitationCommand): Promise<void> {
    await this.granting.assertWithin((await this.book.locked(id)).role);
    await this.book.resend(id);
  }
}
