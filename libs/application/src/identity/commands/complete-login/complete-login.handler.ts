import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { FactorCheck } from '../../services/factor-check.js';
import { RefusalLog } from '../../services/refusal-log.js';
import { SessionEntry } from '../../services/session-entry.js';
import { TicketDesk } from '../../services/ticket-desk.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';
import { CompleteLoginCommand } from './complete-login.command.js';

@CommandHandler(CompleteLoginCommand)
export class CompleteLoginHandler implements ICommandHandler<CompleteLoginCommand> {
  constructor(
    private readonly desk: TicketDesk,
    private readonly factors: FactorCheck,
    private readonly refusals: RefusalLog,
    private readonly scope: WorkspaceScope,
    private readonly entry: SessionEntry,
  ) {}

  async execute({ input: { challengeToken, proof } }: CompleteLoginCommand): Promise<SessionTokensView> {
    const welcome = await this.desk.holder('second_factor', challengeToken);
    if (!welcome) throw new AppError(identityErrors['identity.challenge_invalid']);
    const { userId, email, workspaceId, role } = welcome;
    if (!(await this.factors.isGood(userId, email, proof))) {
      await this.refusals.record(email, { userId, membership: welcome }, 'second_factor_refused');
      throw new AppError(identityErrors['identity.second_factor_wrong']);
    }
    return this.scope.transact(workspaceId, userActor(userId, email, role), async () => {
      // Of two codes at once for one challenge, one opens a session; a new password meanwhile ends it, too.
      if (!(await this.desk.use(challengeToken))) throw new AppError(identityErrors['identity.challenge_invalid']);
      return this.entry.enter(welcome, { factor: 'code' in proof ? 'totp' : 'recovery_code' });
    });
  }
}
