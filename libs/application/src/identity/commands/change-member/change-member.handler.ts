import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { MEMBERSHIPS, type Membership, type Memberships } from '../../ports/memberships.js';
import { PEOPLE_SCREENS, type PeopleScreens } from '../../ports/people-screens.js';
import type { MemberView } from '../../queries/list-members/member.view.js';
import { Granting } from '../../services/granting.js';
import { MembershipGuard } from '../../services/membership-guard.js';
import { PeopleJournal } from '../../services/people-journal.js';
import { ChangeMemberCommand } from './change-member.command.js';

@CommandHandler(ChangeMemberCommand)
export class ChangeMemberHandler implements ICommandHandler<ChangeMemberCommand> {
  constructor(
    private readonly guard: MembershipGuard,
    private readonly granting: Granting,
    private readonly journal: PeopleJournal,
    @Inject(MEMBERSHIPS) private readonly memberships: Memberships,
    @Inject(PEOPLE_SCREENS) private readonly screens: PeopleScreens,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ userId, change, expectedVersion }: ChangeMemberCommand): Promise<MemberView> {
    const before = await this.guard.hold(userId);
    if (expectedVersion !== undefined && expectedVersion !== before.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: before.version } });
    }
    const { role = before.role, blocked = before.blockedAt !== null } = change;
    await this.granting.assertWithin(before.role, role);
    const blockedAt = blocked ? (before.blockedAt ?? this.clock.now()) : null;
    await this.apply(before, { ...before, role, blockedAt });
    const view = await this.screens.findMember(userId);
    if (!view) throw new Error('A member that was changed is gone');
    return view;
  }

  private async apply(before: Membership, after: Membership): Promise<void> {
    const { userId, role, blockedAt } = after;
    const [wasBlocked, isBlocked] = [before.blockedAt !== null, blockedAt !== null];
    if (before.role === role && wasBlocked === isBlocked) return;
    await this.guard.assertAdministered(before, after);
    await this.memberships.save({ userId, role, blockedAt });
    await this.guard.clearUp(before, after);
    if (before.role !== role) {
      const change = { before: { role: before.role }, after: { role } };
      await this.journal.member(userId, 'identity.member_role_changed', change);
    }
    if (wasBlocked !== isBlocked) {
      const wireName = isBlocked ? 'identity.member_blocked' : 'identity.member_unblocked';
      await this.journal.member(userId, wireName, { before: { blocked: wasBlocked }, after: { blocked: isBlocked } });
    }
  }
}
