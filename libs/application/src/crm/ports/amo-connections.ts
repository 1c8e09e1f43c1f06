import type { AmoConnection } from '#domain/crm/amo-connection.js';
import type { WorkspaceId } from '#domain/shared/ids.js';

/** The connection of the current workspace; tokens are sealed on the way in and opened on the way out. */
export interface AmoConnections {
  find(): Promise<AmoConnection | null>;
  /** Like `find`, and nobody else changes it until the transaction ends. */
  lock(): Promise<AmoConnection | null>;
  /**
   * Store it with its events. New tokens also end a refresh lease that is held on the old ones.
   * @throws AppError `shared.version_conflict` when it was changed meanwhile
   */
  save(connection: AmoConnection): Promise<void>;
  /** Workspaces that are, or were, connected to an account, across all of them. */
  findOfAccount(accountId: number): Promise<readonly WorkspaceId[]>;
  /** Workspaces that have tokens for the account at this origin, across all of them. */
  findConnectedAt(
    baseUrl: string,
  ): Promise<readonly { readonly workspaceId: WorkspaceId; readonly accountId: number }[]>;
  /**
   * Workspaces whose trouble may end without anybody telling us (`blocked`, `subscription_ended`) and is older than
   * `sinceMs`, across all of them; at most `limit`.
   */
  findRecoverable(sinceMs: number, limit: number): Promise<readonly WorkspaceId[]>;
}
export const AMO_CONNECTIONS = Symbol('AmoConnections');
