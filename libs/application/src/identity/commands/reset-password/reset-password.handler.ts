import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { GUESS_LIMITER, type GuessLimiter } from '../../ports/guess-limiter.js';
import { NewPasswords } from '../../services/new-passwords.js';
import { PasswordChange } from '../../services/password-change.js';
import { TicketDesk } from '../../services/ticket-desk.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import { ResetPasswordCommand } from './reset-password.command.js';

@CommandHandler(ResetPasswordCommand)
export class ResetPasswordHandler implements ICommandHandler<ResetPasswordCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly desk: TicketDesk,
    private readonly passwords: NewPasswords,
    private readonly change: PasswordChange,
    private readonly scope: WorkspaceScope,
    @Inject(GUESS_LIMITER) private readonly limiter: GuessLimiter,
  ) {}

  async execute({ input: { token, password } }: ResetPasswordCommand): Promise<void> {
    // The link is looked at first: nothing is hashed for a stranger.
    const holder = await this.desk.holder('password_reset', token);
    if (!holder) throw new AppError(identityErrors['identity.reset_invalid']);
    const { userId, email, workspaceId, role } = holder;
    const hash = await this.passwords.hash(userId, password, 'password');
    await this.scope.transact(workspaceId, userActor(userId, email, role), async () => {
      if (!(await this.desk.use(token))) throw new AppError(identityErrors['identity.reset_invalid']);
      await this.change.carryOut(userId, hash, 'password_reset');
    });
    await this.limiter.trust({ email, ip: this.context.get().ip ?? 'unknown' });
  }
}
