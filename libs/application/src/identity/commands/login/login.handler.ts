import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../../ports/refresh-secrets.js';
import { SIGN_IN_TICKETS, type SignInTickets } from '../../ports/sign-in-tickets.js';
import { CredentialCheck, type PasswordPassed } from '../../services/credential-check.js';
import { SessionEntry } from '../../services/session-entry.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import { LoginCommand } from './login.command.js';
import type { LoginView, TotpChallengeView } from './login.view.js';

const CHALLENGE_MS = 5 * 60_000;

@CommandHandler(LoginCommand)
export class LoginHandler implements ICommandHandler<LoginCommand> {
  constructor(
    private readonly credentials: CredentialCheck,
    private readonly scope: WorkspaceScope,
    private readonly entry: SessionEntry,
    @Inject(SIGN_IN_TICKETS) private readonly tickets: SignInTickets,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ input }: LoginCommand): Promise<LoginView> {
    // Checked outside of a transaction: hashing takes long, and a refusal must leave its mark.
    const welcome = await this.credentials.check(input.email, input.password);
    if (welcome.hasSecondFactor) return this.challenge(welcome);
    const actor = userActor(welcome.userId, welcome.email, welcome.role);
    return this.scope.transact(welcome.workspaceId, actor, () => this.entry.enter(welcome));
  }

  private async challenge({ userId }: PasswordPassed): Promise<TotpChallengeView> {
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + CHALLENGE_MS);
    const { secret, hash } = this.secrets.make();
    await this.tickets.issue({ hash, purpose: 'second_factor', userId, createdAt, expiresAt });
    return { challenge: 'totp', challengeToken: secret, expiresIn: CHALLENGE_MS / 1_000 };
  }
}
