import type { Role } from '#domain/identity/permissions.js';
import type { UserId } from '#domain/shared/ids.js';
import type { FoundMemberView } from '../queries/find-members/found-member.view.js';

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
  /** Those of the ids that are members, by name. */
  named(userIds: readonly string[]): Promise<readonly FoundMemberView[]>;
}
export const MEMBERS = Symbol('Members');
