import { permissionsOf, type Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';
import type { Actor } from '../../shared/context/request-context.js';

/** The actor that a user with `role` is. */
export const userActor = (id: UserId, email: string, role: Role): Extract<Actor, { kind: 'user' }> => ({
  kind: 'user',
  id,
  email,
  role,
  permissions: permissionsOf(role),
});
