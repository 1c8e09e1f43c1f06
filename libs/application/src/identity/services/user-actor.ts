import { type Permission, permissionsOf, type Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';
import type { Actor } from '../../shared/context/request-context.js';

/**
 * The actor that a user with `role` is.
 *
 * @param permissions  what the role may do in the workspace; left out where the actor is only to be named
 */
export const userActor = (
  id: UserId,
  email: string,
  role: Role,
  permissions: ReadonlySet<Permission> = permissionsOf(role),
): Extract<Actor, { kind: 'user' }> => ({ kind: 'user', id, email, role, permissions });
