import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MailView } from '../../queries/list-mails/mail.view.js';

/**
 * Have a mail not sent and its contents forgotten; a cancelled one stays so. One that a worker is just sending may still
 * arrive: then it says `sent`.
 *
 * @throws AppError `mail.unknown` | `mail.not_cancellable`
 */
@Permission('workspace:manage')
export class CancelMailCommand extends Command<MailView> {
  constructor(readonly id: string) {
    super();
  }
}
