import type { AmoUser } from '#domain/crm/directory.js';
import type { WorkspaceId } from '#domain/shared/ids.js';

/** A workspace's connection as a caller needs it who has no workspace yet. */
export interface ConnectedAccount {
  readonly workspaceId: WorkspaceId;
  /** Origin of the account. */
  readonly baseUrl: string;
  /** The asked user as the directory last saw him; null when it does not know him. */
  readonly person: Pick<AmoUser, 'name' | 'email' | 'isActive'> | null;
}

/** Connections of all workspaces, except those that were taken off. */
export interface ConnectedAccounts {
  /**
   * Who is connected to `accountId` through the integration `clientId`. The integration counts: one that a workspace has
   * brought itself must not speak for the account of another; `owner` is that workspace.
   */
  find(accountId: number, clientId: string, userId: number, owner?: WorkspaceId): Promise<readonly ConnectedAccount[]>;
  /** Origins of all accounts. */
  origins(): Promise<readonly string[]>;
}
export const CONNECTED_ACCOUNTS = Symbol('ConnectedAccounts');
