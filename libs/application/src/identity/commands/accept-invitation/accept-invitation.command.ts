import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface AcceptInvitationInput {
  readonly token: string;
  /** Of a new person; what an existing account is called stays. */
  readonly name?: string;
  /** The new password, or that of the account which the address has. */
  readonly password: string;
}

/** Where to sign in now, with which address. */
export interface InvitationAccepted {
  readonly email: string;
  readonly workspaceId: string;
}

/**
 * Accept an invitation without being signed in. Makes an account, or checks the password of the one there is; nobody is
 * signed in by it, so that a second factor is asked for where there is one.
 *
 * Fails with why the invitation cannot be accepted, `identity.already_member`, `identity.password_weak`,
 * `identity.invalid_credentials`, `identity.too_many_attempts`.
 */
@Permission('public', { ownTransactions: true })
export class AcceptInvitationCommand extends Command<InvitationAccepted> {
  constructor(readonly input: AcceptInvitationInput) {
    super();
  }
}
