import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { EntryRowView } from '../get-timeline/timeline.view.js';

/** One interaction. @throws AppError `clients.interaction_unknown` */
@Permission('clients:read')
export class GetInteractionQuery extends Query<EntryRowView> {
  constructor(readonly id: string) {
    super();
  }
}
