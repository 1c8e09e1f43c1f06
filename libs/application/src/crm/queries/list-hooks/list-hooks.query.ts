import { Query } from '@nestjs/cqrs';
import type { HookState } from '#domain/crm/hook-outcome.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { HookView } from './list-hooks.view.js';

/** The hooks that amoCRM sent, newest first; only those in `state` when it is given. */
@Permission('crm:read')
export class ListHooksQuery extends Query<Page<HookView>> {
  constructor(
    readonly page: PageRequest,
    readonly state?: HookState,
  ) {
    super();
  }
}
