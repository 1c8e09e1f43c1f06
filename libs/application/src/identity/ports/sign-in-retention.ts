/** Removes what sign-in no longer needs, in all workspaces. */
export interface SignInRetention {
  /**
   * Delete sessions and invitations that ended before `endedBefore`, with their tokens, and counters and used one-time
   * tokens that are out of date at `at`.
   *
   * @returns how many sessions were deleted
   */
  forget(endedBefore: Date, at: Date): Promise<number>;
}
export const SIGN_IN_RETENTION = Symbol('SignInRetention');
