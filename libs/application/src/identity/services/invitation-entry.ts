import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { assertAcceptable } from '#domain/identity/invitation.js';
import { AppError } from '#domain/shared/app-error.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { ACCOUNTS, type Accounts } from '../ports/accounts.js';
import { type FoundInvitation, INVITATIONS, type Invitations } from '../ports/invitations.js';
import { MEMBERSHIPS, type Memberships } from '../ports/memberships.js';
import type { Applicant } from './invitation-applicant.js';
import { PeopleJournal } from './people-journal.js';
import { userActor } from './user-actor.js';
import { WorkspaceScope } from './workspace-scope.js';

/** Makes a member of whoever accepts an invitation. */
@Injectable()
export class InvitationEntry {
  constructor(
    private readonly scope: WorkspaceScope,
    private readonly journal: PeopleJournal,
    @Inject(INVITATIONS) private readonly invitations: Invitations,
    @Inject(MEMBERSHIPS) private readonly memberships: Memberships,
    @Inject(ACCOUNTS) private readonly accounts: Accounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Accept `invitation` for `applicant`, in one transaction of its workspace. Of two at the same time one is accepted.
   *
   * @throws AppError `identity.already_member`, or why the invitation cannot be accepted any more
   */
  enter({ id, workspaceId }: FoundInvitation, hash: string, applicant: Applicant): Promise<void> {
    return this.scope.transact(workspaceId, { kind: 'anonymous' }, async () => {
      const at = this.clock.now();
      const invitation = await this.invitations.lock(id);
      if (!invitation) throw new AppError(identityErrors['identity.invitation_unknown']);
      assertAcceptable(invitation, hash, at);
      // Made meanwhile, by an invitation of another workspace: its password is to be asked for.
      if (applicant.kind === 'new' && !(await this.accounts.add(applicant))) {
        throw new AppError(identityErrors['identity.invalid_credentials']);
      }
      const { userId, email } = applicant;
      const added = await this.memberships.add(userId, invitation.role);
      if (!added) throw new AppError(identityErrors['identity.already_member']);
      await this.invitations.end(id, 'accepted', at, userId);
      await this.scope.continueAs(userActor(userId, email, invitation.role), () =>
        this.journal.member(userId, 'identity.member_joined', { after: { email, role: invitation.role } }),
      );
    });
  }
}
