import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { MEMBERSHIPS, type Membership, type Memberships } from '../ports/memberships.js';
import { InvitationBook } from './invitation-book.js';
import { RoleAccess } from './role-access.js';

/** Keeps a workspace from losing its last administrator, however many try at once. */
@Injectable()
export class MembershipGuard {
  constructor(
    @Inject(MEMBERSHIPS) private readonly memberships: Memberships,
    private readonly book: InvitationBook,
    private readonly roles: RoleAccess,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A member, for a change: all such changes of the workspace happen one after another.
   *
   * @throws AppError `identity.member_unknown`
   */
  async hold(userId: UserId): Promise<Membership> {
    await this.memberships.holdWorkspace();
    const member = await this.memberships.find(userId);
    if (!member) throw new AppError(identityErrors['identity.member_unknown']);
    return member;
  }

  /**
   * Refuse a change, asked after `hold`, that would leave nobody who administrates.
   *
   * @param after  null when the member leaves
   * @throws AppError `identity.last_administrator`
   */
  async assertAdministered(before: Membership, after: Membership | null): Promise<void> {
    if (!administrates(before) || (after && administrates(after))) return;
    if ((await this.memberships.countAdministrators()) > 1) return;
    throw new AppError(identityErrors['identity.last_administrator']);
  }

  /**
   * End what a member leaves behind who is shut out, goes, or may invite nobody any more: sessions here, and invitations
   * that nobody has accepted.
   *
   * @param after  null when the member leaves
   */
  async clearUp({ userId }: Membership, after: Membership | null): Promise<void> {
    if (after?.blockedAt) await this.memberships.endSessions(userId, this.clock.now());
    if (await this.mayInvite(after)) return;
    await this.book.withdrawAllOf(userId);
  }

  private async mayInvite(member: Membership | null): Promise<boolean> {
    if (!member || member.blockedAt) return false;
    const permissions = await this.roles.permissionsOf(this.context.workspaceId(), member.role);
    return permissions.has('identity:manage-members');
  }
}

const administrates = ({ role, blockedAt }: Membership): boolean => role === 'admin' && blockedAt === null;
