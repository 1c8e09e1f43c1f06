import type { UserId, WorkspaceId } from '#domain/shared/ids.js';

/** The first workspace and its administrator. */
export interface Foundation {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly userId: UserId;
  readonly email: string;
  readonly userName: string;
  readonly passwordHash: string;
}

/** Makes the first workspace of an installation. */
export interface Founding {
  /** True when any workspace exists. */
  isDone(): Promise<boolean>;
  /** Keep other processes from founding until the open transaction ends. */
  lock(): Promise<void>;
  /** Store the workspace, the user and the membership; the context must be that of the new workspace. */
  store(foundation: Foundation): Promise<void>;
}
export const FOUNDING = Symbol('Founding');
