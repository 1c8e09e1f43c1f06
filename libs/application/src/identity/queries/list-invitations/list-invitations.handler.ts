import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { InvitationScreen } from '../../services/invitation-screen.js';
import type { InvitationView } from './invitation.view.js';
import { ListInvitationsQuery } from './list-invitations.query.js';

@QueryHandler(ListInvitationsQuery)
export class ListInvitationsHandler implements IQueryHandler<ListInvitationsQuery> {
  constructor(private readonly screen: InvitationScreen) {}

  execute({ page }: ListInvitationsQuery): Promise<Page<InvitationView>> {
    return this.screen.list(page);
  }
}
