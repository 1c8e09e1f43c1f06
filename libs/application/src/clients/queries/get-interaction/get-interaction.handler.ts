import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { AuthorNames } from '../../history/author-names.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../../ports/client-entries.js';
import type { EntryRowView } from '../get-timeline/timeline.view.js';
import { GetInteractionQuery } from './get-interaction.query.js';

@QueryHandler(GetInteractionQuery)
export class GetInteractionHandler implements IQueryHandler<GetInteractionQuery> {
  constructor(
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
    private readonly names: AuthorNames,
  ) {}

  async execute({ id }: GetInteractionQuery): Promise<EntryRowView> {
    const entry = await this.screens.interaction(id);
    if (!entry) throw new AppError(clientsErrors['clients.interaction_unknown']);
    const [named] = await this.names.fill([entry]);
    return named ?? entry;
  }
}
