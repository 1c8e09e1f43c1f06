import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { authorise } from '../../../shared/bus/authorise.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { MEMBERSHIPS, type Memberships } from '../../ports/memberships.js';
import { Granting } from '../../services/granting.js';
import { MembershipGuard } from '../../services/membership-guard.js';
import { PeopleJournal } from '../../services/people-journal.js';
import { RemoveMemberCommand } from './remove-member.command.js';

@CommandHandler(RemoveMemberCommand)
export class RemoveMemberHandler implements ICommandHandler<RemoveMemberCommand> {
  constructor(
    private readonly context: CurrentContext,
    private readonly guard: MembershipGuard,
    private readonly granting: Granting,
    private readonly journal: PeopleJournal,
    @Inject(MEMBERSHIPS) private readonly memberships: Memberships,
  ) {}

  async execute({ userId }: RemoveMemberCommand): Promise<void> {
    const isSelf = this.isSelf(userId);
    // Before it is looked for: who may not remove people is not told who is here.
    if (!isSelf) authorise(this.context.get(), 'identity:manage-members');
    const member = await this.guard.hold(userId);
    if (!isSelf) await this.granting.assertWithin(member.role);
    await this.guard.assertAdministered(member, null);
    await this.guard.clearUp(member, null);
    await this.memberships.remove(userId);
    await this.journal.member(userId, 'identity.member_left', { before: { role: member.role } });
  }

  // Whoever works at a page of amoCRM came in without our password: that is not enough to leave for good.
  private isSelf(userId: string): boolean {
    const { actor } = this.context.get();
    return actor.kind === 'user' && actor.id === userId && actor.amoUserId === undefined;
  }
}
