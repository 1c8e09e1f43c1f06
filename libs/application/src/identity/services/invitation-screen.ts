import { Inject, Injectable } from '@nestjs/common';
import { FindMailStatesQuery } from '../../mail/index.js';
import { AppBus } from '../../shared/bus/app-bus.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import type { Page, PageRequest } from '../../shared/paging.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { type InvitationRow, PEOPLE_SCREENS, type PeopleScreens } from '../ports/people-screens.js';
import type { InvitationView } from '../queries/list-invitations/invitation.view.js';

/** Invitations as administrators see them, with what became of their mails. */
@Injectable()
export class InvitationScreen {
  constructor(
    private readonly bus: AppBus,
    private readonly context: CurrentContext,
    @Inject(PEOPLE_SCREENS) private readonly screens: PeopleScreens,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(page: PageRequest): Promise<Page<InvitationView>> {
    const { items, nextCursor } = await this.screens.listInvitations(page, this.clock.now());
    return { items: await this.withMails(items), nextCursor };
  }

  async find(id: string): Promise<InvitationView | null> {
    const row = await this.screens.findInvitation(id, this.clock.now());
    const [view = null] = await this.withMails(row ? [row] : []);
    return view;
  }

  private async withMails(rows: readonly InvitationRow[]): Promise<readonly InvitationView[]> {
    // Whoever may see invitations may see whether they have arrived.
    const states = await this.context.run({ ...this.context.get(), actor: { kind: 'system' } }, () =>
      this.bus.ask(new FindMailStatesQuery(rows.map(({ mailId }) => mailId))),
    );
    const byId = new Map(states.map((mail) => [mail.id, mail]));
    return rows.map(({ mailId, ...row }) => {
      const mail = byId.get(mailId);
      return { ...row, mailState: mail?.state ?? null, mailError: mail?.lastError ?? null };
    });
  }
}
