import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { PageRequest } from '#application/shared/paging.js';
import type { TimelineFilter } from '../../ports/client-entries.js';
import type { TimelineView } from './timeline.view.js';

/**
 * What happened with a client: comments, interactions and what the product did, in one stream, newest first. Entries of the
 * product carry a sentence in the reader's language.
 *
 * @throws AppError `clients.client_unknown`
 */
@Permission('clients:read')
export class GetTimelineQuery extends Query<TimelineView> {
  constructor(
    readonly clientId: string,
    readonly filter: TimelineFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}
