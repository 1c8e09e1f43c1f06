import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import type { MailView } from '../../queries/list-mails/mail.view.js';
import { MailDesk } from '../../services/mail-desk.js';
import { RetryMailCommand } from './retry-mail.command.js';

@CommandHandler(RetryMailCommand)
export class RetryMailHandler implements ICommandHandler<RetryMailCommand> {
  constructor(
    private readonly desk: MailDesk,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: RetryMailCommand): Promise<MailView> {
    const mail = await this.desk.locked(id);
    if (mail.state !== 'queued' && mail.state !== 'dead') throw new AppError(mailErrors['mail.not_retryable']);
    // Its contents may be forgotten already; that it has run out is what the caller can understand.
    if (mail.sealed === null || mail.expiresAt <= this.clock.now()) throw new AppError(mailErrors['mail.expired']);
    await this.desk.queueAnew(id);
    return this.desk.changed(mail);
  }
}
