import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { ShownInteractions } from '../../history/shown-interactions.js';
import type { EntryRowView } from '../get-timeline/timeline.view.js';
import { GetInteractionQuery } from './get-interaction.query.js';

@QueryHandler(GetInteractionQuery)
export class GetInteractionHandler implements IQueryHandler<GetInteractionQuery> {
  constructor(private readonly interactions: ShownInteractions) {}

  execute({ id }: GetInteractionQuery): Promise<EntryRowView> {
    return this.interactions.one(id);
  }
}
