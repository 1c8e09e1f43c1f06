import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AuthorNames } from '../../history/author-names.js';
import { systemText } from '../../i18n/texts.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../../ports/client-entries.js';
import { GetTimelineQuery } from './get-timeline.query.js';
import type { EntryRowView, TimelineView } from './timeline.view.js';

@QueryHandler(GetTimelineQuery)
export class GetTimelineHandler implements IQueryHandler<GetTimelineQuery> {
  constructor(
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
    private readonly names: AuthorNames,
    private readonly context: CurrentContext,
  ) {}

  async execute({ clientId, filter, page }: GetTimelineQuery): Promise<TimelineView> {
    const found = await this.screens.timeline(clientId, filter, page);
    if (!found) throw new AppError(clientsErrors['clients.client_unknown']);
    const pinned = page.cursor === undefined ? await this.screens.pinned(clientId, filter) : [];
    const all = await this.names.fill([...pinned, ...found.items]);
    const told = all.map((entry) => this.told(entry));
    return { pinned: told.slice(0, pinned.length), items: told.slice(pinned.length), nextCursor: found.nextCursor };
  }

  private told(entry: EntryRowView): EntryRowView {
    const { systemCode, systemParams } = entry;
    if (systemCode === null) return entry;
    return { ...entry, text: systemText(systemCode, systemParams ?? {}, this.context.get().language) };
  }
}
