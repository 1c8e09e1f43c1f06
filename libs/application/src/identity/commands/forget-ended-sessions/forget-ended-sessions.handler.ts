import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { SIGN_IN_RETENTION, type SignInRetention } from '../../ports/sign-in-retention.js';
import { type EndedSessionsForgotten, ForgetEndedSessionsCommand } from './forget-ended-sessions.command.js';

// Long enough for the reuse of an old token to be told apart from an unknown one.
const KEPT_MS = 30 * 86_400_000;

@CommandHandler(ForgetEndedSessionsCommand)
export class ForgetEndedSessionsHandler implements ICommandHandler<ForgetEndedSessionsCommand> {
  constructor(
    @Inject(SIGN_IN_RETENTION) private readonly retention: SignInRetention,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<EndedSessionsForgotten> {
    const at = this.clock.now();
    return { sessions: await this.retention.forget(new Date(at.getTime() - KEPT_MS), at) };
  }
}
