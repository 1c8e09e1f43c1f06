import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MailView } from '../../queries/list-mails/mail.view.js';

/**
 * Send a mail that waits for its next try, or was given up, now, with all tries anew.
 *
 * @throws AppError `mail.unknown` | `mail.not_retryable` | `mail.expired`
 */
@Permission('workspace:manage')
export class RetryMailCommand extends Command<MailView> {
  constructor(readonly id: string) {
    super();
  }
}
