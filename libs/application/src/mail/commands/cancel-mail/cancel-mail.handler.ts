import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { OUTGOING_MAILS, type OutgoingMails } from '../../ports/outgoing-mails.js';
import type { MailView } from '../../queries/list-mails/mail.view.js';
import { MailDesk } from '../../services/mail-desk.js';
import { CancelMailCommand } from './cancel-mail.command.js';

@CommandHandler(CancelMailCommand)
export class CancelMailHandler implements ICommandHandler<CancelMailCommand> {
  constructor(
    private readonly desk: MailDesk,
    @Inject(OUTGOING_MAILS) private readonly mails: OutgoingMails,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: CancelMailCommand): Promise<MailView> {
    const mail = await this.desk.locked(id);
    if (mail.state === 'sent') throw new AppError(mailErrors['mail.not_cancellable']);
    if (mail.state === 'cancelled') return this.desk.view(id);
    await this.mails.cancel(id, this.clock.now());
    return this.desk.changed(mail);
  }
}
