import { Inject, Injectable } from '@nestjs/common';
import { identityErrors } from '#domain/identity/identity.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { UserId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { MEMBERS, type Members } from '../ports/members.js';
import { SIGN_IN_DIRECTORY, type SignInDirectory } from '../ports/sign-in-directory.js';
import { assertWithinOwnRights } from './own-rights.js';
import { RoleAccess } from './role-access.js';

/** Whose second factor whoever acts may take away. */
@Injectable()
export class FactorResetRules {
  constructor(
    private readonly context: CurrentContext,
    private readonly roles: RoleAccess,
    @Inject(MEMBERS) private readonly members: Members,
    @Inject(SIGN_IN_DIRECTORY) private readonly directory: SignInDirectory,
  ) {}

  /**
   * @throws AppError `identity.member_unknown` | `identity.factor_not_resettable` | `identity.beyond_own_rights` for a member who
   *   may do more than whoever acts
   */
  async assertResettable(userId: UserId): Promise<void> {
    const member = await this.members.find(userId);
    if (!member) throw new AppError(identityErrors['identity.member_unknown']);
    const { actor } = this.context.get();
    if (userId === this.context.userId()) throw refused('One removes the own factor with password and code');
    assertWithinOwnRights(actor, await this.roles.permissionsOf(this.context.workspaceId(), member.role));
    // An administrator of one workspace must not weaken what protects another.
    if ((await this.directory.countWorkspacesOf(userId)) > 1)
      throw refused('The person belongs to other workspaces, too');
  }
}

const refused = (detail: string): AppError =>
  new AppError(identityErrors['identity.factor_not_resettable'], { detail });
