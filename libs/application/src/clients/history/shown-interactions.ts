import { Inject, Injectable } from '@nestjs/common';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { HISTORY_SCREENS, type HistoryScreens } from '../ports/client-entries.js';
import type { EntryRowView } from '../queries/get-timeline/timeline.view.js';
import { AuthorNames } from './author-names.js';

/** Interactions as screens show them, the same after a write as after a read. */
@Injectable()
export class ShownInteractions {
  constructor(
    @Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens,
    private readonly names: AuthorNames,
  ) {}

  /** @throws AppError `clients.interaction_unknown` */
  async one(id: string): Promise<EntryRowView> {
    const entry = await this.screens.interaction(id);
    if (!entry) throw new AppError(clientsErrors['clients.interaction_unknown']);
    const [named] = await this.names.fill([entry]);
    return named ?? entry;
  }
}
