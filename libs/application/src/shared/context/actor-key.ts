import type { Actor } from './request-context.js';

/** Tells actors of one workspace apart. A user's is the bare id; no other kind can have one that looks like it. */
export const actorKey = (actor: Actor): string => {
  switch (actor.kind) {
    case 'user':
      return actor.id;
    case 'widget':
      return `amocrm-${actor.amoUserId}`;
    case 'key':
      return `key-${actor.id}`;
    case 'hook':
      return `hook-${actor.id}`;
    case 'system':
    case 'anonymous':
      return actor.kind;
  }
};
