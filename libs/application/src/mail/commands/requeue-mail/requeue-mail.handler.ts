import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OUTGOING_MAILS, type OutgoingMails } from '../../ports/outgoing-mails.js';
import { MailDesk } from '../../services/mail-desk.js';
import { RequeueMailCommand } from './requeue-mail.command.js';

@CommandHandler(RequeueMailCommand)
export class RequeueMailHandler implements ICommandHandler<RequeueMailCommand> {
  constructor(
    private readonly desk: MailDesk,
    @Inject(OUTGOING_MAILS) private readonly mails: OutgoingMails,
  ) {}

  async execute({ id, untouchedSince }: RequeueMailCommand): Promise<boolean> {
    const mail = await this.mails.lock(id);
    if (mail?.state !== 'queued' || (mail.nextTryAt ?? mail.updatedAt) >= untouchedSince) return false;
    await this.desk.queueAnew(id);
    return true;
  }
}
