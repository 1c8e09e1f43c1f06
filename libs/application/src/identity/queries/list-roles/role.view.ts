import { type Permission, PERMISSIONS, permissionsOf, type Role } from '#domain/identity/permissions.js';
import { keptBy, rightsOf } from '#domain/identity/role-rights.js';
import type { StoredRole } from '../../ports/role-rights.js';

/** A role of the workspace. */
export interface RoleView {
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** As it is delivered. */
  readonly delivered: readonly Permission[];
  /** What cannot be taken from it. */
  readonly needed: readonly Permission[];
  readonly changedAt: Date | null;
  /** 0 while nobody has changed it. */
  readonly version: number;
}

export interface RolesView {
  readonly items: readonly RoleView[];
  /** Everything that a role can be given. */
  readonly permissions: readonly Permission[];
}

/** The view of a role as it is stored. */
export const roleView = ({ role, change, version, changedAt }: StoredRole): RoleView => ({
  role,
  permissions: [...rightsOf(role, change)],
  delivered: PERMISSIONS.filter((permission) => permissionsOf(role).has(permission)),
  needed: keptBy(role),
  changedAt,
  version,
});
