import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '#application/shared/paging.js';
import { HOOK_SCREENS, type HookScreens } from '../../ports/hook-screens.js';
import { ListHooksQuery } from './list-hooks.query.js';
import type { HookView } from './list-hooks.view.js';

@QueryHandler(ListHooksQuery)
export class ListHooksHandler implements IQueryHandler<ListHooksQuery> {
  constructor(@Inject(HOOK_SCREENS) private readonly screens: HookScreens) {}

  execute({ page, filter }: ListHooksQuery): Promise<Page<HookView>> {
    return this.screens.hooks(page, filter);
  }
}
