import { Command } from '@nestjs/cqrs';
import type { SessionId, WorkspaceId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';

/**
 * Open a session of the caller in another workspace of his; the session at hand goes on. The new one ends when that one
 * would: only a password makes sessions last. The next sign-in goes to that
 * workspace, too. Fails with `identity.workspace_unknown` (404) where he is no member, or is shut out.
 */
@Permission('identity:read-self', { ownTransactions: true })
export class SwitchWorkspaceCommand extends Command<SessionTokensView> {
  constructor(
    readonly target: WorkspaceId,
    /** The session at hand. */
    readonly sessionId: SessionId,
  ) {
    super();
  }
}
