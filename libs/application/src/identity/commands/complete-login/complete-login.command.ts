import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { FactorProof } from '../../services/factor-check.js';
import type { SessionTokensView } from '../login/session-tokens.view.js';

export interface CompleteLoginInput {
  /** From the answer to the right password; good for five minutes and one session. */
  readonly challengeToken: string;
  readonly proof: FactorProof;
}

/**
 * End a sign-in with the second factor, and open a session.
 *
 * Fails with `identity.challenge_invalid` (401), with `identity.second_factor_wrong` (401), which leaves the challenge
 * as it is, and after too many wrong codes with `identity.too_many_attempts` (429). Success and refusal are in the
 * audit trail.
 */
@Permission('public', { ownTransactions: true })
export class CompleteLoginCommand extends Command<SessionTokensView> {
  constructor(readonly input: CompleteLoginInput) {
    super();
  }
}
