import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '#application/shared/paging.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import type { HookTokenView } from './hook-token.view.js';
import { ListHookTokensQuery } from './list-hook-tokens.query.js';

@QueryHandler(ListHookTokensQuery)
export class ListHookTokensHandler implements IQueryHandler<ListHookTokensQuery> {
  constructor(@Inject(CRM_SCREENS) private readonly screens: CrmScreens) {}

  execute({ page }: ListHookTokensQuery): Promise<Page<HookTokenView>> {
    return this.screens.hookTokens(page);
  }
}
