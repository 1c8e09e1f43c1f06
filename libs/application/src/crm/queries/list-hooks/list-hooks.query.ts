import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { HookFilter } from '../../ports/hook-screens.js';
import type { HookView } from './list-hooks.view.js';

/** The hooks that amoCRM sent, newest first. */
@Permission('crm:read')
export class ListHooksQuery extends Query<Page<HookView>> {
  constructor(
    readonly page: PageRequest,
    readonly filter: HookFilter = {},
  ) {
    super();
  }
}
