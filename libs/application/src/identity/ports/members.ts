import type { Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';

/** A user in the current workspace. */
export interface Member {
  readonly userId: UserId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly isActive: boolean;
}

/** People of the current workspace. */
export interface Members {
  find(userId: UserId): Promise<Member | null>;
}
export const MEMBERS = Symbol('Members');
