import { Query } from '@nestjs/cqrs';
import type { Role } from '#domain/identity/permissions.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** What somebody who holds a token is being invited to. */
export interface OfferView {
  readonly email: string;
  readonly name: string | null;
  readonly role: Role;
  readonly workspaceName: string;
  readonly inviterName: string | null;
  readonly expiresAt: Date;
  /** True when there is an account with this address: accepting asks for its password. */
  readonly hasAccount: boolean;
}

/**
 * What a token invites to. Fails with `identity.invitation_unknown` (404), with the reason why it cannot be accepted
 * any more (409), and with `identity.too_many_attempts` (429) after too many tokens that nobody was sent.
 */
@Permission('public', { ownTransactions: true })
export class FindInvitationQuery extends Query<OfferView> {
  constructor(readonly token: string) {
    super();
  }
}
