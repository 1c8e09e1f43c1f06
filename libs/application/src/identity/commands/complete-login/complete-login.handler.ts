import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../../ports/refresh-secrets.js';
import { SIGN_IN_DIRECTORY, type SignInAccount, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { SIGN_IN_TICKETS, type SignInTickets } from '../../ports/sign-in-tickets.js';
import { FactorCheck, type FactorProof } from '../../services/factor-check.js';
import { RefusalLog } from '../../services/refusal-log.js';
import { SessionEntry } from '../../services/session-entry.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';
import { CompleteLoginCommand } from './complete-login.command.js';

@CommandHandler(CompleteLoginCommand)
export class CompleteLoginHandler implements ICommandHandler<CompleteLoginCommand> {
  constructor(
    private readonly factors: FactorCheck,
    private readonly refusals: RefusalLog,
    private readonly scope: WorkspaceScope,
    private readonly entry: SessionEntry,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(SIGN_IN_TICKETS) private readonly tickets: SignInTickets,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ input: { challengeToken, proof } }: CompleteLoginCommand): Promise<SessionTokensView> {
    const ticket = this.secrets.hashOf(challengeToken);
    const account = await this.accountOf(ticket);
    if (!account?.isActive || !account.membership) throw new AppError(identityErrors['identity.challenge_invalid']);
    await this.assertGood(account, proof);
    const welcome = { ...account.membership, userId: account.userId, email: account.email };
    const actor = userActor(welcome.userId, welcome.email, welcome.role);
    return this.scope.transact(welcome.workspaceId, actor, async () => {
      // Of two codes at once for one challenge, one opens a session; a new password meanwhile ends it, too.
      if (!(await this.tickets.use(ticket))) throw new AppError(identityErrors['identity.challenge_invalid']);
      return this.entry.enter(welcome, { factor: 'code' in proof ? 'totp' : 'recovery_code' });
    });
  }

  private async accountOf(ticket: string): Promise<SignInAccount | null> {
    const userId = await this.tickets.holder('second_factor', ticket, this.clock.now());
    return userId === null ? null : this.directory.findById(userId);
  }

  private async assertGood(account: SignInAccount, proof: FactorProof): Promise<void> {
    if (await this.factors.isGood(account.userId, account.email, proof)) return;
    await this.refusals.record(account.email, account, 'second_factor_refused');
    throw new AppError(identityErrors['identity.second_factor_wrong']);
  }
}
