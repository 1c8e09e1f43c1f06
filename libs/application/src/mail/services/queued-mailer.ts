import { Inject, Injectable } from '@nestjs/common';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import { OUTBOX, type Outbox } from '../../shared/ports/outbox.js';
import { deliverMailJob } from '../jobs/deliver-mail.job.js';
import type { Mailer, NewMail } from '../ports/mailer.js';
import { OUTGOING_MAILS, type OutgoingMails } from '../ports/outgoing-mails.js';
import { MailSeal } from './mail-seal.js';

/** Mails as rows, each with a job that leaves in the same transaction. */
@Injectable()
export class QueuedMailer implements Mailer {
  constructor(
    private readonly context: CurrentContext,
    private readonly seal: MailSeal,
    @Inject(OUTGOING_MAILS) private readonly mails: OutgoingMails,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async send({ to, kind, content, expiresAt }: NewMail): Promise<string> {
    const [id, run] = [this.ids.next(), 1];
    const sealed = this.seal.close(id, content);
    await this.mails.add({ id, kind, recipient: to, state: 'queued', sealed, expiresAt, run }, this.clock.now());
    await this.outbox.enqueue(deliverMailJob, { workspaceId: this.context.workspaceId(), mailId: id, run });
    return id;
  }

  async recall(id: string): Promise<void> {
    const mail = await this.mails.lock(id);
    if (mail?.state === 'queued' || mail?.state === 'dead') await this.mails.cancel(id, this.clock.now());
  }
}
