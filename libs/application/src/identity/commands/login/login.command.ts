import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { LoginView } from './login.view.js';

export interface LoginInput {
  /** In any spelling of its case. */
  readonly email: string;
  readonly password: string;
}

/**
 * Sign in with e-mail and password and open a session in the workspace that the user used last. Who has a second
 * factor is asked for its code instead, see `CompleteLoginCommand`.
 *
 * Fails with `identity.invalid_credentials` (401), and after too many wrong guesses with
 * `identity.too_many_attempts` (429). Success and refusal are in the audit trail.
 */
@Permission('public', { ownTransactions: true })
export class LoginCommand extends Command<LoginView> {
  constructor(readonly input: LoginInput) {
    super();
  }
}
