import { identityErrors } from '#domain/identity/identity.errors.js';
import type { Permission } from '#domain/identity/permissions.js';
import { AppError } from '#domain/shared/app-error.js';
import type { Actor } from '../../shared/context/request-context.js';

/**
 * Nobody gives others, or takes into his hands, what he may not do himself.
 *
 * @throws AppError `identity.beyond_own_rights` with what is missing
 */
export const assertWithinOwnRights = (actor: Actor, permissions: Iterable<Permission>): void => {
  if (actor.kind === 'system') return;
  const own: ReadonlySet<Permission> = 'permissions' in actor ? actor.permissions : new Set();
  const missing = [...permissions].filter((permission) => !own.has(permission));
  if (missing.length > 0) throw new AppError(identityErrors['identity.beyond_own_rights'], { details: { missing } });
};
