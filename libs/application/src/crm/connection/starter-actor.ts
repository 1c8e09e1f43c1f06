import type { UserId } from '#domain/shared/ids.js';
import type { Actor } from '#application/shared/context/request-context.js';

/** Who began a connection. Only the id is known: it is for the audit trail, and no permission is drawn from it. */
export const starterActor = (userId: UserId | null): Actor =>
  userId === null ? { kind: 'system' } : { kind: 'user', id: userId, email: '', role: '', permissions: new Set() };
