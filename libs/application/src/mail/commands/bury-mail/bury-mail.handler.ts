import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { OUTGOING_MAILS, type OutgoingMails } from '../../ports/outgoing-mails.js';
import { BuryMailCommand } from './bury-mail.command.js';

@CommandHandler(BuryMailCommand)
export class BuryMailHandler implements ICommandHandler<BuryMailCommand> {
  constructor(
    @Inject(OUTGOING_MAILS) private readonly mails: OutgoingMails,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ mailId, run, code }: BuryMailCommand): Promise<void> {
    const mail = await this.mails.lock(mailId);
    if (mail?.state !== 'queued' || mail.run !== run) return;
    await this.mails.bury(mailId, code, this.clock.now());
  }
}
