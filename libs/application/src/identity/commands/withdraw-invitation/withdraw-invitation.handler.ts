import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InvitationBook } from '../../services/invitation-book.js';
import { WithdrawInvitationCommand } from './withdraw-invitation.command.js';

@CommandHandler(WithdrawInvitationCommand)
export class WithdrawInvitationHandler implements ICommandHandler<WithdrawInvitationCommand> {
  constructor(private readonly book: InvitationBook) {}

  execute({ id }: WithdrawInvitationCommand): Promise<void> {
    return this.book.withdraw(id);
  }
}
