import { Injectable } from '@nestjs/common';
import type { Role } from '#domain/identity/permissions.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { assertWithinOwnRights } from './own-rights.js';
import { RoleAccess } from './role-access.js';

/** Nobody gives a role that may more than he may, or has power over a member who does. */
@Injectable()
export class Granting {
  constructor(
    private readonly context: CurrentContext,
    private readonly roles: RoleAccess,
  ) {}

  /** @throws AppError `identity.beyond_own_rights` */
  async assertWithin(...roles: readonly Role[]): Promise<void> {
    const { actor } = this.context.get();
    // Else an administrator who took something from his own role could look after nobody who has it.
    if (actor.kind === 'user' && actor.role === 'admin' && actor.amoUserId === undefined) return;
    for (const role of roles) {
      assertWithinOwnRights(actor, await this.roles.permissionsOf(this.context.workspaceId(), role));
    }
  }
}
