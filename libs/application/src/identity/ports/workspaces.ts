import type { Role } from '#domain/identity/permissions.js';
import type { WorkspaceSettings } from '#domain/identity/workspace-settings.js';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';

export interface Workspace extends WorkspaceSettings {
  readonly id: WorkspaceId;
  readonly version: number;
}

/** A workspace as one of its members sees it from outside. */
export interface OwnWorkspace {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly role: Role;
}

/** Workspaces, in the open transaction. */
export interface Workspaces {
  /** The current one. */
  get(): Promise<Workspace>;
  /** Like `get`, locked until the transaction ends. */
  lock(): Promise<Workspace>;
  /** Store what the current one says of itself, under its next version. */
  save(settings: WorkspaceSettings): Promise<void>;
  /** Store a new one; the context must be its own. */
  add(id: WorkspaceId, settings: WorkspaceSettings): Promise<void>;
  /** Those that a person belongs to and is not shut out of, by name. The person must be who acts. */
  listOf(userId: UserId): Promise<readonly OwnWorkspace[]>;
}
export const WORKSPACES = Symbol('Workspaces');
