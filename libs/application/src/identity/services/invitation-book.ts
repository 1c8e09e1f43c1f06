import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import {
  assertResendable,
  assertSendable,
  type Invitation,
  invitationEnd,
  stateAt,
} from '#domain/identity/invitation.js';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type InvitationId, type UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import { INVITATIONS, type Invitations } from '../ports/invitations.js';
import { REFRESH_SECRETS, type RefreshSecrets } from '../ports/refresh-secrets.js';
import { InvitationMail } from './invitation-mail.js';
import { PeopleJournal } from './people-journal.js';

/** Opens invitations, sends them again and withdraws them. */
@Injectable()
export class InvitationBook {
  constructor(
    private readonly context: CurrentContext,
    private readonly mail: InvitationMail,
    private readonly journal: PeopleJournal,
    @Inject(INVITATIONS) private readonly invitations: Invitations,
    @Inject(REFRESH_SECRETS) private readonly secrets: RefreshSecrets,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws AppError `identity.already_invited`, `identity.invitation_sent_lately` */
  async open({ email, role, name }: Pick<Invitation, 'email' | 'role' | 'name'>): Promise<InvitationId> {
    const at = this.clock.now();
    await this.makeRoom(email, at);
    const { secret, hash } = this.secrets.make();
    const id = asId<InvitationId>(this.ids.next());
    const expiresAt = invitationEnd(at);
    const mailId = await this.mail.send({ email, role, expiresAt }, secret);
    const invitedBy = this.context.userId();
    const added = await this.invitations.add(
      { id, email, name, role, state: 'open', tokenHash: hash, mailId, invitedBy, expiresAt, sentAt: at },
      at,
    );
    if (!added) throw new AppError(identityErrors['identity.already_invited']);
    await this.journal.invitation(id, 'identity.member_invited', { after: { email, role } });
    return id;
  }

  /** Send it again with a new link; the earlier ones end. @throws AppError when it has ended, or was sent a moment ago */
  async resend(id: InvitationId): Promise<void> {
    const at = this.clock.now();
    const invitation = await this.locked(id);
    assertResendable(invitation, at);
    const { secret, hash } = this.secrets.make();
    const expiresAt = invitationEnd(at);
    const mailId = await this.mail.send({ ...invitation, expiresAt }, secret);
    await this.mail.recall(invitation.mailId);
    await this.invitations.renew({ ...invitation, tokenHash: hash, mailId, expiresAt, sentAt: at });
    await this.journal.invitation(id, 'identity.invitation_resent', { after: { email: invitation.email } });
  }

  /** One that was withdrawn before stays so. @throws AppError `identity.invitation_ended` when it was accepted or has expired */
  async withdraw(id: InvitationId): Promise<void> {
    const invitation = await this.locked(id);
    if (invitation.state === 'withdrawn') return;
    if (invitation.state !== 'open') throw new AppError(identityErrors['identity.invitation_ended']);
    await this.end(invitation);
  }

  /** Withdraw whatever somebody has sent who may invite nobody any more: it could be his own way back. */
  async withdrawAllOf(userId: UserId): Promise<void> {
    for (const invitation of await this.invitations.openOf(userId)) await this.end(invitation);
  }

  /** An invitation, locked until the transaction ends. @throws AppError `identity.invitation_unknown` */
  async locked(id: InvitationId): Promise<Invitation> {
    const invitation = await this.invitations.lock(id);
    if (!invitation) throw new AppError(identityErrors['identity.invitation_unknown']);
    return invitation;
  }

  private async end({ id, email, mailId }: Invitation): Promise<void> {
    await this.mail.recall(mailId);
    await this.invitations.end(id, 'withdrawn', this.clock.now());
    await this.journal.invitation(id, 'identity.invitation_withdrawn', { before: { email } });
  }

  private async makeRoom(email: string, at: Date): Promise<void> {
    // In this order: what another request sends in between is found open, and told so.
    const sentAt = await this.invitations.lastSentTo(email);
    const open = await this.invitations.findOpen(email);
    if (!open) {
      // Else withdrawing and inviting in turns would flood anybody.
      if (sentAt) assertSendable(sentAt, at);
      return;
    }
    if (stateAt(open, at) === 'open') {
      throw new AppError(identityErrors['identity.already_invited'], { details: { invitationId: open.id } });
    }
    await this.invitations.end(open.id, 'expired', at);
  }
}
