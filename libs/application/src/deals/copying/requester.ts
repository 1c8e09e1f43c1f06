import type { Actor } from '../../shared/context/request-context.js';
import type { DealsDirectory } from './deals-directory.js';

/** The actor among amoCRM's users: as amoCRM itself said, else by e-mail; null when it has no such user. */
export const requesterAmoUserId = (actor: Actor, { userIdByEmail }: DealsDirectory): number | null => {
  switch (actor.kind) {
    case 'widget':
      return actor.amoUserId;
    case 'user':
      return actor.amoUserId ?? userIdByEmail.get(actor.email.toLowerCase()) ?? null;
    case 'key':
    case 'hook':
    case 'system':
    case 'anonymous':
      return null;
  }
};
