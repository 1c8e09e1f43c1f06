import { Command } from '@nestjs/cqrs';
import type { UserId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Take a member out of the workspace, or leave it: for oneself every role may. Sessions here end at once; the account
 * stays, for it may belong to other workspaces.
 *
 * Fails with `identity.member_unknown`, `identity.last_administrator`, `identity.beyond_own_rights`, and with
 * `shared.forbidden` for others without `identity:manage-members`.
 */
@Permission('identity:read-self')
export class RemoveMemberCommand extends Command<void> {
  constructor(readonly userId: UserId) {
    super();
  }
}
