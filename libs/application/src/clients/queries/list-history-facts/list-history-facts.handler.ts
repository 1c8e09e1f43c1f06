import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { HISTORY_SCREENS, type HistoryScreens } from '../../ports/client-entries.js';
import type { HistoryFactView } from './history-fact.view.js';
import { ListHistoryFactsQuery } from './list-history-facts.query.js';

const PAGE = 1_000;

@QueryHandler(ListHistoryFactsQuery)
export class ListHistoryFactsHandler implements IQueryHandler<ListHistoryFactsQuery> {
  constructor(@Inject(HISTORY_SCREENS) private readonly screens: HistoryScreens) {}

  execute({ kind, after }: ListHistoryFactsQuery): Promise<readonly HistoryFactView[]> {
    return this.screens.facts(kind, after, PAGE);
  }
}
