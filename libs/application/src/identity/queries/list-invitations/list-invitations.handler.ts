import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { PEOPLE_SCREENS, type PeopleScreens } from '../../ports/people-screens.js';
import type { InvitationView } from './invitation.view.js';
import { ListInvitationsQuery } from './list-invitations.query.js';

@QueryHandler(ListInvitationsQuery)
export class ListInvitationsHandler implements IQueryHandler<ListInvitationsQuery> {
  constructor(
    @Inject(PEOPLE_SCREENS) private readonly screens: PeopleScreens,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ page }: ListInvitationsQuery): Promise<Page<InvitationView>> {
    return this.screens.listInvitations(page, this.clock.now());
  }
}
