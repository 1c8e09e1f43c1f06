import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '#domain/shared/ids.js';
import { composeMail, MAILER, type Mailer } from '../../mail/index.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '../../shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { mailText } from '../i18n/mails/texts.js';
import { MEMBERS, type Members } from '../ports/members.js';

/** A change of how a person signs in. */
export type SecurityEvent =
  'password_changed' | 'password_reset' | 'factor_set_up' | 'factor_removed' | 'factor_reset' | 'codes_renewed';

// Nobody needs to hear of it days later.
const WORTH_SENDING_MS = 86_400_000;

/** Keeps what changed in how people sign in, and tells them: whoever did it may not have been them. */
@Injectable()
export class SecurityTrail {
  constructor(
    private readonly context: CurrentContext,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Write a line of the audit trail and a mail to the member, in the open transaction. */
  async record(userId: UserId, event: SecurityEvent, after: Readonly<Record<string, unknown>>): Promise<void> {
    await this.audit.record({ entityType: 'identity.user', entityId: userId, after });
    const member = await this.members.find(userId);
    if (member) await this.tell(member.email, event);
  }

  private async tell(to: string, event: SecurityEvent): Promise<void> {
    const { language, ip } = this.context.get();
    const at = this.clock.now();
    const when = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    const content = composeMail({
      subject: mailText('identity.mail.security.subject', language, {}),
      paragraphs: [
        mailText(`identity.mail.security.${event}`, language, {}),
        mailText('identity.mail.security.where', language, { when, ip: ip ?? '?' }),
      ],
      footer: mailText('identity.mail.security.footer', language, {}),
    });
    const expiresAt = new Date(at.getTime() + WORTH_SENDING_MS);
    await this.mailer.send({ to, kind: `identity.${event}`, content, expiresAt });
  }
}
