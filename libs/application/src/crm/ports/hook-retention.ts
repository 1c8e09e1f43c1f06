/** Keeps the store of hooks in shape, across workspaces, in transactions of its own. */
export interface HookRetention {
  /**
   * Make the daily partitions of the next week and drop those of hooks older than so many days, with their runs and
   * replays. Gives way to whoever uses the store: what it could not do is done the next time.
   */
  keep(retentionDays: number): Promise<void>;
}
export const HOOK_RETENTION = Symbol('HookRetention');
