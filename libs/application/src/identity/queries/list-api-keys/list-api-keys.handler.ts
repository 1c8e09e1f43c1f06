import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { API_KEYS, type ApiKeys } from '../../ports/api-keys.js';
import { type ApiKeyView, apiKeyView } from './api-key.view.js';
import { ListApiKeysQuery } from './list-api-keys.query.js';

@QueryHandler(ListApiKeysQuery)
export class ListApiKeysHandler implements IQueryHandler<ListApiKeysQuery> {
  constructor(
    @Inject(API_KEYS) private readonly keys: ApiKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ page }: ListApiKeysQuery): Promise<Page<ApiKeyView>> {
    const { items, nextCursor } = await this.keys.list(page);
    const at = this.clock.now();
    return { items: items.map((facts) => apiKeyView(facts, at)), nextCursor };
  }
}
