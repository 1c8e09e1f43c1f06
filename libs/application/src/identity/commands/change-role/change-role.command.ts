import { Command } from '@nestjs/cqrs';
import type { Permission as PermissionName, Role } from '#domain/identity/permissions.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { RoleView } from '../../queries/list-roles/role.view.js';

/**
 * Say what a role may do in this workspace from now on. An administrator may give a role anything; whoever else may change
 * roles must himself be allowed all that the role may do, before and after.
 *
 * A transaction of its own: what this process remembers of roles is forgotten when it is committed.
 * @throws AppError `shared.version_conflict` | `shared.validation_failed` | `identity.beyond_own_rights`
 */
@Permission('identity:manage-roles', { ownTransactions: true })
export class ChangeRoleCommand extends Command<RoleView> {
  constructor(
    readonly role: Role,
    readonly permissions: readonly PermissionName[],
    /** The version that the caller saw; undefined = whatever it is. */
    readonly expectedVersion?: number,
  ) {
    super();
  }
}
