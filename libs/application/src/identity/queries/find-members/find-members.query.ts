import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { FoundMemberView } from './found-member.view.js';

/** Those of the ids that are members of the workspace, in no order. For other contexts, which keep ids only. */
@Permission('identity:read-self')
export class FindMembersQuery extends Query<readonly FoundMemberView[]> {
  constructor(readonly ids: readonly string[]) {
    super();
  }
}
