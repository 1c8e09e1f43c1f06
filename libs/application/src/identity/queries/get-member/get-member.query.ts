import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MemberView } from '../list-members/member.view.js';

/** One member of this workspace. Fails with `identity.member_unknown` (404). */
@Permission('identity:read-members')
export class GetMemberQuery extends Query<MemberView> {
  constructor(readonly id: string) {
    super();
  }
}
