import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface ResetPasswordInput {
  /** The secret of the link; good for one hour and once, and only the newest. */
  readonly token: string;
  readonly password: string;
}

/**
 * Set a new password by the link that was mailed. All sessions end; a second factor is asked for at the next sign-in
 * as ever. Whoever has the mailbox may sign in from this address, however much was guessed at the account.
 *
 * Fails with `identity.reset_invalid` (404) and `identity.password_weak` (422), which leaves the link as it is.
 */
@Permission('public', { ownTransactions: true })
export class ResetPasswordCommand extends Command<void> {
  constructor(readonly input: ResetPasswordInput) {
    super();
  }
}
