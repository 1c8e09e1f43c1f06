import { AppError } from '../shared/app-error.js';
import { sharedErrors } from '../shared/shared.errors.js';
import { type Permission, PERMISSIONS, permissionsOf, type Role } from './permissions.js';

/**
 * How a workspace's role differs from the role as it is delivered. Kept as a difference, so that a permission that a
 * later release brings comes to changed roles as it comes to all others.
 */
export interface RoleChange {
  readonly granted: readonly string[];
  readonly revoked: readonly string[];
}

export const UNCHANGED: RoleChange = { granted: [], revoked: [] };

// Without it nobody could so much as see who he is.
const EVERY_ROLE_KEEPS: readonly Permission[] = ['identity:read-self'];
// Without these nobody in the workspace could put a role right again.
const ADMIN_KEEPS: readonly Permission[] = [...EVERY_ROLE_KEEPS, 'identity:manage-roles', 'workspace:manage'];

/** What cannot be taken from a role. */
export const keptBy = (role: Role): readonly Permission[] => (role === 'admin' ? ADMIN_KEEPS : EVERY_ROLE_KEEPS);

/** What a role may do in a workspace, in the order of `PERMISSIONS`; names that this release does not know count for nothing. */
export const rightsOf = (role: Role, { granted, revoked }: RoleChange = UNCHANGED): ReadonlySet<Permission> => {
  const kept = keptBy(role);
  const has = (permission: Permission): boolean =>
    kept.includes(permission) ||
    (permissionsOf(role).has(permission) ? !revoked.includes(permission) : granted.includes(permission));
  return new Set(PERMISSIONS.filter(has));
};

/**
 * The change that makes `role` may just `wanted`.
 *
 * @throws AppError `shared.validation_failed` when something is missing that cannot be taken from it
 */
export const changeTo = (role: Role, wanted: ReadonlySet<Permission>): RoleChange => {
  const missing = keptBy(role).filter((permission) => !wanted.has(permission));
  if (missing.length > 0) {
    const message = `the role ${role} must keep ${missing.join(', ')}`;
    const issue = { path: 'permissions', code: 'needed', message };
    throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
  }
  const delivered = permissionsOf(role);
  return {
    granted: PERMISSIONS.filter((permission) => wanted.has(permission) && !delivered.has(permission)),
    revoked: PERMISSIONS.filter((permission) => !wanted.has(permission) && delivered.has(permission)),
  };
};
