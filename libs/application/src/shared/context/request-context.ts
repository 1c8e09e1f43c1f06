import type { AmoUserId, ApiKeyId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { Permission, Role } from '#domain/identity/permissions.js';

/**
 * Who acts. `system` is the product itself (jobs, schedules); `hook` is amoCRM through a hook token; `widget` is somebody
 * whom only amoCRM knows, working in the widget; `key` is a program with an API key. A member who works there is a `user` with an `amoUserId`.
 */
export type Actor =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'user';
      readonly id: UserId;
      readonly email: string;
      readonly role: string;
      readonly permissions: ReadonlySet<Permission>;
      /** Set when amoCRM said who it is, so that nobody need look for the e-mail among its users. */
      readonly amoUserId?: AmoUserId;
    }
  | {
      readonly kind: 'widget';
      readonly amoUserId: AmoUserId;
      /** As amoCRM shows it; its number when the name is not known yet. */
      readonly name: string;
      readonly role: Role;
      readonly permissions: ReadonlySet<Permission>;
    }
  | {
      readonly kind: 'key';
      readonly id: ApiKeyId;
      readonly name: string;
      readonly permissions: ReadonlySet<Permission>;
    }
  | { readonly kind: 'hook'; readonly id: string }
  | { readonly kind: 'system' };

/** Every kind of actor, as the audit trail names them. */
export const ACTOR_KINDS = [
  'user',
  'key',
  'widget',
  'hook',
  'system',
  'anonymous',
] as const satisfies readonly Actor['kind'][];

/** The `Idempotency-Key` of a caller (or a natural key) and a hash of what was asked with it. */
export interface IdempotencyRequest {
  readonly key: string;
  /** Hex SHA-256 of the request: the same key with another fingerprint is refused. */
  readonly fingerprint: string;
}

/** Opened by the edge once per request, job or chat message; read everywhere through `CurrentContext`. */
export interface RequestContext {
  /** Null only before sign-in and for work on the product itself. */
  readonly workspaceId: WorkspaceId | null;
  readonly actor: Actor;
  /** Follows a piece of work through processes: from the HTTP request to the jobs it caused. */
  readonly correlationId: string;
  readonly requestId: string;
  readonly language: 'ru' | 'en';
  readonly ip?: string;
  readonly userAgent?: string;
  readonly idempotency?: IdempotencyRequest;
}
