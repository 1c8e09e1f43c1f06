import type { EntryAuthor } from '#domain/clients/history/client-entry.js';
import type { Actor } from '#application/shared/context/request-context.js';

/** Whoever acts, as the author of an entry. */
export const entryAuthor = (actor: Actor): EntryAuthor =>
  actor.kind === 'widget'
    ? { kind: actor.kind, id: String(actor.amoUserId), name: actor.name }
    : { kind: actor.kind, id: 'id' in actor ? actor.id : null, name: null };

/** True for those who may remove what others wrote. */
export const mayRemoveAny = (actor: Actor): boolean =>
  actor.kind === 'system' || ('permissions' in actor && actor.permissions.has('clients:delete'));
