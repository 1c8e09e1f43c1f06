import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { ACCESS_TOKENS, type AccessTokens } from '../../ports/access-tokens.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../../ports/refresh-secrets.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../../ports/sign-in-directory.js';
import { SessionRotation } from '../../services/session-rotation.js';
import { WorkspaceScope } from '../../services/workspace-scope.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';
import { RefreshSessionCommand } from './refresh-session.command.js';

@CommandHandler(RefreshSessionCommand)
export class RefreshSessionHandler implements ICommandHandler<RefreshSessionCommand> {
  constructor(
    private readonly scope: WorkspaceScope,
    private readonly rotation: SessionRotation,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(ACCESS_TOKENS) private readonly accessTokens: AccessTokens,
  ) {}

  async execute({ input }: RefreshSessionCommand): Promise<SessionTokensView> {
    const presented = this.secrets.hashOf(input.refreshToken);
    const place = await this.directory.locateToken(presented);
    if (!place) throw new AppError(identityErrors['identity.refresh_invalid']);
    const { workspaceId, sessionId } = place;
    const next = this.secrets.make();
    // The outcome leaves the transaction as a value: thrown, it would undo the revocation.
    const outcome = await this.scope.transact(workspaceId, { kind: 'anonymous' }, () =>
      this.rotation.rotate(sessionId, presented, next.hash),
    );
    switch (outcome.kind) {
      case 'reused':
        throw new AppError(identityErrors['identity.refresh_reused']);
      case 'refused':
        throw new AppError(identityErrors['identity.refresh_invalid']);
      case 'rotated': {
        const { userId, email, role } = outcome.member;
        const { token, expiresIn } = this.accessTokens.issue({ userId, email, role, workspaceId, sessionId });
        return { accessToken: token, refreshToken: next.secret, expiresIn };
      }
    }
  }
}
