import { Command } from '@nestjs/cqrs';
import type { UserId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Take the second factor of a member away who has lost it, and end his sessions; he signs in with the password alone
 * and may set up another.
 *
 * Fails with `identity.member_unknown` for whoever is no member, with `identity.beyond_own_rights` (403), with `identity.totp_inactive` (409), and with
 * `identity.factor_not_resettable` (409) for oneself, who has a way of his own that asks for the password, and for
 * people of several workspaces: an administrator of one must not weaken what protects another.
 */
@Permission('identity:manage-members')
export class ResetMemberFactorCommand extends Command<void> {
  constructor(readonly userId: UserId) {
    super();
  }
}
