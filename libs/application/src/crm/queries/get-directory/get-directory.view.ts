import type { AccountDirectory } from '#domain/crm/directory.js';

/** The account directory as it was last read. */
export interface DirectoryView {
  readonly directory: AccountDirectory;
  /** Id of the deal field that marks copies. */
  readonly markerFieldId: number;
  readonly fetchedAt: Date;
}
