import { Inject, Injectable } from '@nestjs/common';
import type { CommentPlaceView } from '#application/clients/index.js';
import { GetWorkspaceQuery } from '#application/identity/index.js';
import { composeMail, MAILER, type Mailer } from '#application/mail/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { PUBLIC_ADDRESS } from '#application/shared/ports/public-address.js';
import { notificationText } from '../i18n/texts.js';

// Who was mentioned more often reads the rest in the product.
const MAX_LISTED = 20;
// Older news is read in the product, too.
const WORTH_SENDING_MS = 86_400_000;

/** Writes mails about mentions, in the workspace's language. What was said stays in the product. */
@Injectable()
export class MentionMail {
  constructor(
    private readonly bus: AppBus,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(PUBLIC_ADDRESS) private readonly publicAddress: string,
  ) {}

  /** Send one mail about all `places`, in the open transaction. */
  async send(to: string, places: readonly CommentPlaceView[], at: Date): Promise<void> {
    const { name: workspace, language } = await this.bus.ask(new GetWorkspaceQuery());
    const nobody = notificationText('notifications.mail.mentions.nobody', language, {});
    const rest = places.length - MAX_LISTED;
    const content = composeMail({
      subject: notificationText('notifications.mail.mentions.subject', language, { workspace, count: places.length }),
      paragraphs: [
        notificationText('notifications.mail.mentions.intro', language, { workspace }),
        ...places.slice(0, MAX_LISTED).map(({ authorName, clientName }) =>
          notificationText('notifications.mail.mentions.item', language, {
            author: authorName ?? nobody,
            client: clientName,
          }),
        ),
        ...(rest > 0 ? [notificationText('notifications.mail.mentions.more', language, { count: rest })] : []),
      ],
      action: {
        label: notificationText('notifications.mail.mentions.action', language, {}),
        url: `${this.publicAddress}/notifications`,
      },
      footer: notificationText('notifications.mail.mentions.footer', language, {}),
    });
    const expiresAt = new Date(at.getTime() + WORTH_SENDING_MS);
    await this.mailer.send({ to, kind: 'notifications.mentions', content, expiresAt });
  }
}
