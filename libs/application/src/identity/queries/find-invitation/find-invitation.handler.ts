import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InvitationDoor } from '../../services/invitation-door.js';
import { FindInvitationQuery, type OfferView } from './find-invitation.query.js';

@QueryHandler(FindInvitationQuery)
export class FindInvitationHandler implements IQueryHandler<FindInvitationQuery> {
  constructor(private readonly door: InvitationDoor) {}

  async execute({ token }: FindInvitationQuery): Promise<OfferView> {
    const { invitation } = await this.door.open(token);
    const { email, name, role, workspaceName, inviterName, expiresAt, hasAccount } = invitation;
    return { email, name, role, workspaceName, inviterName, expiresAt, hasAccount };
  }
}
