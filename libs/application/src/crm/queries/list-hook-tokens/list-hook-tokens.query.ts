import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { HookTokenView } from './hook-token.view.js';

/** The workspace's hook tokens, newest first, revoked ones too. */
@Permission('crm:manage')
export class ListHookTokensQuery extends Query<Page<HookTokenView>> {
  constructor(readonly page: PageRequest) {
    super();
  }
}
