import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface EndedSessionsForgotten {
  /** Sessions that were deleted, with their refresh tokens. */
  readonly sessions: number;
}

/**
 * Delete sessions that ended more than 30 days ago, in all workspaces, and counters of guesses that are out of date.
 * For a schedule, about once a day; sending it more often does no harm.
 */
@Permission('system', { ownTransactions: true })
export class ForgetEndedSessionsCommand extends Command<EndedSessionsForgotten> {}
