import type { CopyDirectory } from '#domain/deals/copy-directory.js';

/** What copying and transferring know of the account: its directory, and how it counts days. */
export interface DealsDirectory {
  readonly directory: CopyDirectory;
  /** The account's time zone, IANA name. */
  readonly timeZone: string;
  readonly accountId: number;
  /** The account's users by e-mail in lower case. */
  readonly userIdByEmail: ReadonlyMap<string, number>;
  readonly lossReasons: readonly { readonly id: number; readonly name: string }[];
}
