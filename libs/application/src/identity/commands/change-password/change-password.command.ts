import { Command } from '@nestjs/cqrs';
import type { SessionId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface ChangePasswordInput {
  readonly current: string;
  readonly next: string;
  /** The caller's session, which goes on; all others of the person end, in all workspaces. */
  readonly sessionId: SessionId;
}

/**
 * Change the caller's own password.
 *
 * Fails with `identity.wrong_password`, `identity.password_weak` (422), `identity.too_many_attempts` (429).
 */
@Permission('identity:read-self', { ownTransactions: true })
export class ChangePasswordCommand extends Command<void> {
  constructor(readonly input: ChangePasswordInput) {
    super();
  }
}
