import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { PASSWORDS, type Passwords } from '../../ports/passwords.js';
import { CredentialCheck } from '../../services/credential-check.js';
import { SessionEntry } from '../../services/session-entry.js';
import { TicketDesk } from '../../services/ticket-desk.js';
import { userActor } from '../../services/user-actor.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import { LoginCommand } from './login.command.js';
import type { LoginView } from './login.view.js';

const CHALLENGE_MS = 5 * 60_000;

@CommandHandler(LoginCommand)
export class LoginHandler implements ICommandHandler<LoginCommand> {
  constructor(
    private readonly credentials: CredentialCheck,
    private readonly desk: TicketDesk,
    private readonly scope: WorkspaceScope,
    private readonly entry: SessionEntry,
    @Inject(PASSWORDS) private readonly passwords: Passwords,
  ) {}

  async execute({ input }: LoginCommand): Promise<LoginView> {
    // Checked outside of a transaction: hashing takes long, and a refusal must leave its mark.
    const { hasSecondFactor, passwordVersion, ...welcome } = await this.credentials.check(input.email, input.password);
    if (hasSecondFactor) {
      const { secret } = await this.desk.issue('second_factor', welcome.userId, CHALLENGE_MS);
      return { challenge: 'totp', challengeToken: secret, expiresIn: CHALLENGE_MS / 1_000 };
    }
    const actor = userActor(welcome.userId, welcome.email, welcome.role);
    return this.scope.transact(welcome.workspaceId, actor, async () => {
      // A new password ends all sessions: none may slip in that the old one opens meanwhile.
      const version = await this.passwords.hold(welcome.userId);
      if (version !== passwordVersion) throw new AppError(identityErrors['identity.invalid_credentials']);
      return this.entry.enter(welcome);
    });
  }
}
