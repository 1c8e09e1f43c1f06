import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HistoryFactView } from './history-fact.view.js';

/** Clients or comments by id, up to 1 000 at a time, removed ones too: for whoever counts them anew. */
@Permission('system')
export class ListHistoryFactsQuery extends Query<readonly HistoryFactView[]> {
  constructor(
    readonly kind: 'client' | 'comment',
    /** The last id of the page before; null for the first page. */
    readonly after: string | null,
  ) {
    super();
  }
}
