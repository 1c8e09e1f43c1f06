import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { MEMBERS, type Members } from '../../ports/members.js';
import { FindMembersQuery } from './find-members.query.js';
import type { FoundMemberView } from './found-member.view.js';

@QueryHandler(FindMembersQuery)
export class FindMembersHandler implements IQueryHandler<FindMembersQuery> {
  constructor(@Inject(MEMBERS) private readonly members: Members) {}

  execute({ ids }: FindMembersQuery): Promise<readonly FoundMemberView[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.members.named(ids);
  }
}
