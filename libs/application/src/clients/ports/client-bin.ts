import type { Client } from '#domain/clients/client.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { ClientRules } from './client-rules.js';

/** Deleted clients on their way out. */
export interface ClientBin {
  /** Workspaces, of all there are, with clients whose days in the bin are over at `at`. */
  dueWorkspaces(at: Date, limit: number): Promise<readonly WorkspaceId[]>;
  /** The client of the current workspace that was deleted longest before `before`, held; those that others hold are passed over. */
  next(before: Date): Promise<Client | null>;
  /** Remove a client with its contacts, links, comments and interactions. Files are others' to remove, by the event. */
  purge(client: Client, rules: ClientRules): Promise<void>;
}
export const CLIENT_BIN = Symbol('ClientBin');
