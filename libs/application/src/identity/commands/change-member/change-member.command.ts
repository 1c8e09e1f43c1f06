import { Command } from '@nestjs/cqrs';
import type { Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MemberView } from '../../queries/list-members/member.view.js';

/** What is to change; the rest stays. */
export interface MemberChange {
  readonly role?: Role;
  readonly blocked?: boolean;
}

/**
 * Give a member another role, shut one out (sessions end at once) or let one in again.
 *
 * Fails with `identity.member_unknown`, `identity.last_administrator`, `identity.beyond_own_rights`, and with
 * `shared.version_conflict` when it is at another version than the expected one.
 */
@Permission('identity:manage-members')
export class ChangeMemberCommand extends Command<MemberView> {
  constructor(
    readonly userId: UserId,
    readonly change: MemberChange,
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
