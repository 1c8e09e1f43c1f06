import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { MemberFilter, MemberView } from './member.view.js';

/** Who is in this workspace, one page. Fails with `shared.validation_failed` (422) for a cursor that is not ours. */
@Permission('identity:read-members')
export class ListMembersQuery extends Query<Page<MemberView>> {
  constructor(
    readonly filter: MemberFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}
