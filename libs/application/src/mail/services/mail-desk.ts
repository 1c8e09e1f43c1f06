import { Inject, Injectable } from '@nestjs/common';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { OUTBOX, type Outbox } from '../../shared/ports/outbox.js';
import { deliverMailJob } from '../jobs/deliver-mail.job.js';
import { MAIL_SCREENS, type MailScreens } from '../ports/mail-screens.js';
import { OUTGOING_MAILS, type OutgoingMail, type OutgoingMails } from '../ports/outgoing-mails.js';
import type { MailView } from '../queries/list-mails/mail.view.js';

/** Stored mails in the hands of those who look after them, in the open transaction. */
@Injectable()
export class MailDesk {
  constructor(
    private readonly context: CurrentContext,
    @Inject(OUTGOING_MAILS) private readonly mails: OutgoingMails,
    @Inject(MAIL_SCREENS) private readonly screens: MailScreens,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError `mail.unknown` */
  async locked(id: string): Promise<OutgoingMail> {
    const mail = await this.mails.lock(id);
    if (!mail) throw new AppError(mailErrors['mail.unknown']);
    return mail;
  }

  /** Give a mail the next run and a job of it; the job before does nothing more. */
  async queueAnew(id: string): Promise<void> {
    const run = await this.mails.queueAnew(id, this.clock.now());
    await this.outbox.enqueue(deliverMailJob, { workspaceId: this.context.workspaceId(), mailId: id, run });
  }

  /** Write the line of the audit trail about a change, and show what came of it. */
  async changed(before: OutgoingMail): Promise<MailView> {
    const view = await this.view(before.id);
    await this.audit.record({
      entityType: 'mail.outgoing',
      entityId: before.id,
      before: { kind: before.kind, state: before.state, run: before.run },
      after: { kind: view.kind, state: view.state },
    });
    return view;
  }

  /** @throws AppError `mail.unknown` */
  async view(id: string): Promise<MailView> {
    const view = await this.screens.find(id);
    if (!view) throw new AppError(mailErrors['mail.unknown']);
    return view;
  }
}
