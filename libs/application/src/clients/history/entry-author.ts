import type { EntryAuthor } from '#domain/clients/history/client-entry.js';
import type { Actor } from '#application/shared/context/request-context.js';

/** Whoever acts, as the author of an entry. Who has a name but no record of ours keeps it there. */
export const entryAuthor = (actor: Actor): EntryAuthor => ({
  kind: actor.kind,
  id: actor.kind === 'widget' ? String(actor.amoUserId) : 'id' in actor ? actor.id : null,
  name: 'name' in actor ? actor.name : null,
});

/** True for those who may remove what others wrote. */
export const mayRemoveAny = (actor: Actor): boolean =>
  actor.kind === 'system' || ('permissions' in actor && actor.permissions.has('clients:delete'));
