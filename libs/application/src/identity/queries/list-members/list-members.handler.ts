import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { PEOPLE_SCREENS, type PeopleScreens } from '../../ports/people-screens.js';
import { ListMembersQuery } from './list-members.query.js';
import type { MemberView } from './member.view.js';

@QueryHandler(ListMembersQuery)
export class ListMembersHandler implements IQueryHandler<ListMembersQuery> {
  constructor(@Inject(PEOPLE_SCREENS) private readonly screens: PeopleScreens) {}

  execute({ filter, page }: ListMembersQuery): Promise<Page<MemberView>> {
    return this.screens.listMembers(filter, page);
  }
}
