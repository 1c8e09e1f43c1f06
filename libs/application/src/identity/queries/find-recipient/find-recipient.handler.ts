import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { asId, type UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { MEMBERS, type Members } from '../../ports/members.js';
import { RoleAccess } from '../../services/role-access.js';
import { FindRecipientQuery, type RecipientView } from './find-recipient.query.js';

@QueryHandler(FindRecipientQuery)
export class FindRecipientHandler implements IQueryHandler<FindRecipientQuery> {
  constructor(
    private readonly context: CurrentContext,
    private readonly roles: RoleAccess,
    @Inject(MEMBERS) private readonly members: Members,
  ) {}

  async execute({ userId, needs }: FindRecipientQuery): Promise<RecipientView | null> {
    const member = await this.members.find(asId<UserId>(userId));
    if (!member?.isActive) return null;
    const permissions = await this.roles.permissionsOf(this.context.workspaceId(), member.role);
    return permissions.has(needs) ? { id: userId, name: member.name, email: member.email } : null;
  }
}
