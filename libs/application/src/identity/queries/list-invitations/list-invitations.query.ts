import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { InvitationView } from './invitation.view.js';

/** Invitations of this workspace, ended ones too, newest first. Fails with `shared.validation_failed` (422) for a cursor that is not ours. */
@Permission('identity:manage-members')
export class ListInvitationsQuery extends Query<Page<InvitationView>> {
  constructor(readonly page: PageRequest) {
    super();
  }
}
