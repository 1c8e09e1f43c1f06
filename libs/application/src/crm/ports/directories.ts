import type { AccountDirectory } from '#domain/crm/directory.js';
import type { WorkspaceId } from '#domain/shared/ids.js';

/** The cached account directory of the current workspace, as other contexts read it through `GetDirectoryQuery`. */
export interface Directories {
  find(): Promise<{ readonly directory: AccountDirectory; readonly markerFieldId: number } | null>;
  save(directory: AccountDirectory, markerFieldId: number): Promise<void>;
  /** Connected workspaces whose directory is missing or older than `olderThanMs`, across all of them; at most `limit`. */
  findStale(olderThanMs: number, limit: number): Promise<readonly WorkspaceId[]>;
}
export const DIRECTORIES = Symbol('Directories');
