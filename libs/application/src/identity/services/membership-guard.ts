import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId } from '#domain/shared/ids.js';
import { MEMBERSHIPS, type Membership, type Memberships } from '../ports/memberships.js';

/** Keeps a workspace from losing its last administrator, however many try at once. */
@Injectable()
export class MembershipGuard {
  constructor(@Inject(MEMBERSHIPS) private readonly memberships: Memberships) {}

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
}

const administrates = ({ role, blockedAt }: Membership): boolean => role === 'admin' && blockedAt === null;
