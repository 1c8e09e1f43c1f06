import type { Role } from '#domain/identity/permissions.js';
import type { RoleChange } from '#domain/identity/role-rights.js';
import type { WorkspaceId } from '#domain/shared/ids.js';

/** A role as the workspace has it. */
export interface StoredRole {
  readonly role: Role;
  readonly change: RoleChange;
  /** 0 while nobody has changed it. */
  readonly version: number;
  readonly changedAt: Date | null;
}

/** The roles of the current workspace that were ever changed. */
export interface RoleRights {
  list(): Promise<readonly StoredRole[]>;
  /** The role, locked until the transaction ends: changes come one after the other, the first one too. */
  lock(role: Role): Promise<StoredRole>;
  /** Store a change of a locked role; its version grows by one. */
  save(role: Role, change: RoleChange, at: Date): Promise<void>;
}
export const ROLE_RIGHTS = Symbol('RoleRights');

/** The same for whoever is just coming in and is in no workspace yet. */
export interface RoleDirectory {
  /** Changed roles of a workspace. */
  changesOf(workspaceId: WorkspaceId): Promise<ReadonlyMap<Role, RoleChange>>;
}
export const ROLE_DIRECTORY = Symbol('RoleDirectory');
