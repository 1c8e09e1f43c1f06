import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Hand a stored mail to the mail server. One that is not queued, or belongs to another run, is left alone; one that
 * has expired is given up.
 *
 * Fails with `mail.unavailable` (try again), `mail.refused` or `mail.not_configured` (give up).
 */
@Permission('system', { ownTransactions: true })
export class DeliverMailCommand extends Command<void> {
  constructor(
    readonly mailId: string,
    readonly run: number,
  ) {
    super();
  }
}
