import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { RequestContext } from '../context/request-context.js';
import type { Requirement } from './permission.decorator.js';

/**
 * Check one requirement against the actor.
 *
 * @throws AppError `shared.unauthenticated` when nobody is signed in
 * @throws AppError `shared.forbidden` when the actor lacks the permission
 */
export const authorise = ({ actor }: RequestContext, requires: Requirement): void => {
  if (requires === 'public') return;
  switch (actor.kind) {
    case 'system':
      return;
    case 'anonymous':
      throw new AppError(sharedErrors['shared.unauthenticated']);
    case 'hook':
      // A hook token opens nothing but what its own dispatcher sends as the system.
      throw new AppError(sharedErrors['shared.forbidden']);
    case 'user':
    case 'widget':
    case 'key':
      if (requires === 'system' || !actor.permissions.has(requires)) {
        throw new AppError(sharedErrors['shared.forbidden'], { details: { requires } });
      }
  }
};
