/** How many hooks of one token one process has told to have taken, since it began to tell. */
export interface ProcessTaking {
  readonly processId: string;
  readonly tokenId: string;
  readonly taken: number;
}

/** Where the processes that take hooks in tell each other how many. Worth nothing after a minute. */
export interface HookTakings {
  /**
   * Tell what this process has taken since it last told, and read what the others have.
   *
   * @returns one row for each other process and token; a row that begins anew begins at 0
   */
  exchange(
    processId: string,
    takings: readonly { readonly tokenId: string; readonly count: number }[],
  ): Promise<readonly ProcessTaking[]>;
}
export const HOOK_TAKINGS = Symbol('HookTakings');
