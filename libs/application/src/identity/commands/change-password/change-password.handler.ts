import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { NewPasswords } from '../../services/new-passwords.js';
import { OwnAccount } from '../../services/own-account.js';
import { PasswordChange } from '../../services/password-change.js';
import { ChangePasswordCommand } from './change-password.command.js';

@CommandHandler(ChangePasswordCommand)
export class ChangePasswordHandler implements ICommandHandler<ChangePasswordCommand> {
  constructor(
    private readonly account: OwnAccount,
    private readonly passwords: NewPasswords,
    private readonly change: PasswordChange,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute({ input: { current, next, sessionId } }: ChangePasswordCommand): Promise<void> {
    const { userId } = await this.account.confirm(current, 'current');
    const hash = await this.passwords.hash(userId, next, 'new');
    await this.unitOfWork.transact(() => this.change.carryOut(userId, hash, 'password_changed', sessionId));
  }
}
