import { Inject, Injectable } from '@nestjs/common';
import { INVITATION_HOURS, type Invitation } from '#domain/identity/invitation.js';
import { composeMail, MAILER, type Mailer } from '../../mail/index.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { PUBLIC_ADDRESS } from '../../shared/ports/public-address.js';
import { mailText } from '../i18n/mails/texts.js';
import { MEMBERS, type Members } from '../ports/members.js';
import { WORKSPACES, type Workspaces } from '../ports/workspaces.js';

/** Who invites when it is no person. */
const PRODUCT = 'Sdelka';

/** Writes invitations, in the workspace's language: nobody knows that of the invited person yet. */
@Injectable()
export class InvitationMail {
  constructor(
    private readonly context: CurrentContext,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(PUBLIC_ADDRESS) private readonly publicAddress: string,
  ) {}

  /** Send `token`, in the open transaction. @returns the id of the mail */
  async send({ email, role, expiresAt }: Pick<Invitation, 'email' | 'role' | 'expiresAt'>, token: string) {
    const { name: workspace, language } = await this.workspaces.get();
    const userId = this.context.userId();
    const inviter = (userId && (await this.members.find(userId))?.name) ?? PRODUCT;
    const roleName = mailText(`identity.role.${role}`, language, {});
    const content = composeMail({
      subject: mailText('identity.mail.invitation.subject', language, { workspace }),
      paragraphs: [
        mailText('identity.mail.invitation.who', language, { inviter, workspace, role: roleName }),
        mailText('identity.mail.invitation.how', language, { hours: INVITATION_HOURS }),
      ],
      action: {
        label: mailText('identity.mail.invitation.action', language, {}),
        url: `${this.publicAddress}/invite/${token}`,
      },
      footer: mailText('identity.mail.invitation.footer', language, {}),
    });
    return this.mailer.send({ to: email, kind: 'identity.invitation', content, expiresAt });
  }

  /** Have a mail not sent any more whose token has ended; one that has left is left alone. */
  recall(mailId: string): Promise<void> {
    return this.mailer.recall(mailId);
  }
}
