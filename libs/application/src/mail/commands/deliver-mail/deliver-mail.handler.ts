import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { nextTryAt } from '#domain/mail/mail-tries.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../../shared/ports/unit-of-work.js';
import type { MailContent } from '../../compose-mail.js';
import { MAIL_TRANSPORT, type MailTransport } from '../../ports/mail-transport.js';
import { OUTGOING_MAILS, type OutgoingMail, type OutgoingMails } from '../../ports/outgoing-mails.js';
import { MailSeal } from '../../services/mail-seal.js';
import { DeliverMailCommand } from './deliver-mail.command.js';

@CommandHandler(DeliverMailCommand)
export class DeliverMailHandler implements ICommandHandler<DeliverMailCommand> {
  constructor(
    private readonly seal: MailSeal,
    @Inject(OUTGOING_MAILS) private readonly mails: OutgoingMails,
    @Inject(MAIL_TRANSPORT) private readonly transport: MailTransport,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ mailId, run }: DeliverMailCommand): Promise<void> {
    const mail = await this.unitOfWork.transact(() => this.mails.find(mailId));
    if (mail?.state !== 'queued' || mail.run !== run) return;
    const content = this.contentOf(mail);
    try {
      await this.transport.deliver({ id: mailId, to: mail.recipient, content });
    } catch (error) {
      const code = error instanceof AppError ? error.code : mailErrors['mail.unavailable'].code;
      const at = this.clock.now();
      const failure = { code, nextTryAt: nextTryAt(mail.attempts + 1, at) };
      await this.unitOfWork.transact(() => this.mails.recordFailure(mailId, run, failure, at));
      throw error;
    }
    await this.unitOfWork.transact(() => this.mails.markSent(mailId, this.clock.now()));
  }

  private contentOf({ id, sealed, expiresAt }: OutgoingMail): MailContent {
    if (sealed === null || expiresAt <= this.clock.now()) throw new AppError(mailErrors['mail.expired']);
    return this.seal.open(id, sealed);
  }
}
