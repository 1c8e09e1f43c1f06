import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import { PASSWORD_HASHER, type PasswordHasher } from '../../ports/password-hasher.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { OwnAccount } from '../../services/own-account.js';
import { PasswordChange } from '../../services/password-change.js';
import { PasswordRules } from '../../services/password-rules.js';
import { ChangePasswordCommand } from './change-password.command.js';

@CommandHandler(ChangePasswordCommand)
export class ChangePasswordHandler implements ICommandHandler<ChangePasswordCommand> {
  constructor(
    private readonly account: OwnAccount,
    private readonly rules: PasswordRules,
    private readonly change: PasswordChange,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(PASSWORD_HASHER) private readonly hasher: PasswordHasher,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute({ input: { current, next, sessionId } }: ChangePasswordCommand): Promise<void> {
    const { userId, email } = await this.account.confirm(current, 'current');
    const owner = (await this.directory.ownerOf(userId)) ?? { email, name: '', companies: [] };
    await this.rules.assertGood(next, owner, 'new');
    const hash = await this.hasher.hash(next);
    await this.unitOfWork.transact(() => this.change.carryOut(userId, hash, 'password_changed', sessionId));
  }
}
