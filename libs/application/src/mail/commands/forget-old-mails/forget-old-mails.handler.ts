import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { MAIL_CARE, type MailCare } from '../../ports/mail-care.js';
import { ForgetOldMailsCommand } from './forget-old-mails.command.js';

// Nothing that a mail says is true for longer.
const KEPT_MS = 30 * 86_400_000;

@CommandHandler(ForgetOldMailsCommand)
export class ForgetOldMailsHandler implements ICommandHandler<ForgetOldMailsCommand> {
  constructor(
    @Inject(MAIL_CARE) private readonly care: MailCare,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute(): Promise<number> {
    const at = this.clock.now();
    return this.care.forget(at, new Date(at.getTime() - KEPT_MS));
  }
}
