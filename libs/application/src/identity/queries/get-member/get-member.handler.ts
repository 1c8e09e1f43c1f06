import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { PEOPLE_SCREENS, type PeopleScreens } from '../../ports/people-screens.js';
import type { MemberView } from '../list-members/member.view.js';
import { GetMemberQuery } from './get-member.query.js';

@QueryHandler(GetMemberQuery)
export class GetMemberHandler implements IQueryHandler<GetMemberQuery> {
  constructor(@Inject(PEOPLE_SCREENS) private readonly screens: PeopleScreens) {}

  async execute({ id }: GetMemberQuery): Promise<MemberView> {
    const member = await this.screens.findMember(id);
    if (!member) throw new AppError(identityErrors['identity.member_unknown']);
    return member;
  }
}
