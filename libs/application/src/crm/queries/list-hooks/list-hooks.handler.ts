import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '#application/shared/paging.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import { ListHooksQuery } from './list-hooks.query.js';
import type { HookView } from './list-hooks.view.js';

@QueryHandler(ListHooksQuery)
export class ListHooksHandler implements IQueryHandler<ListHooksQuery> {
  constructor(@Inject(CRM_SCREENS) private readonly screens: CrmScreens) {}

  execute({ page, state }: ListHooksQuery): Promise<Page<HookView>> {
    return this.screens.hooks(page, state);
  }
}
