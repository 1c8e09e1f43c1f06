/** One-time tokens of the current workspace that have carried a change. */
export interface SpentTokens {
  /**
   * Note that a token carries a change now.
   *
   * @param forgetAt  from when on the token is refused anyway
   * @returns false when it has carried one before; of two requests at the same time one gets true
   */
  spend(tokenId: string, forgetAt: Date): Promise<boolean>;
}
export const SPENT_TOKENS = Symbol('SpentTokens');
