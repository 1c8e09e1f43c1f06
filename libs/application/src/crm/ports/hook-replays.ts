import type { HookReplay, ReplayScope, ReplayStatus } from '#domain/crm/hook-replay.js';
import type { WorkspaceId } from '#domain/shared/ids.js';

export interface ReplayRef {
  readonly workspaceId: WorkspaceId;
  readonly replayId: string;
}

export interface ReplaySize {
  /** One more than `limit` when there are more. */
  readonly total: number;
  /** Of these, whose work was begun before: they started something, or were the twin of a hook that did. */
  readonly begun: number;
}

/** Replays of the current workspace, in its open transaction; `findRunning` alone looks across workspaces. */
export interface HookReplays {
  /** Count the hooks of a scope, up to one more than `limit`. */
  measure(scope: ReplayScope, limit: number): Promise<ReplaySize>;
  add(replay: HookReplay): Promise<void>;
  /** The replay, held until the transaction ends; null when there is none, or somebody else holds it. */
  lock(id: string): Promise<HookReplay | null>;
  /** Like `lock`, but waits for who holds it. */
  await(id: string): Promise<HookReplay | null>;
  /**
   * Make the next hooks of a replay new again, oldest first. Unless it is forced, hooks whose work was begun before
   * are left as they are, with a run that says so.
   *
   * @returns how many hooks were looked at; 0 when there are no more
   */
  handNext(replay: HookReplay, limit: number, at: Date): Promise<number>;
  /** How many of its hooks are on their way. */
  pending(id: string): Promise<number>;
  /** Note that it was looked after, so that others have their turn. */
  touch(id: string, at: Date): Promise<void>;
  end(id: string, status: Exclude<ReplayStatus, 'running'>, at: Date): Promise<void>;
  /** Those that wait longest for somebody to look after them. */
  findRunning(limit: number): Promise<readonly ReplayRef[]>;
}
export const HOOK_REPLAYS = Symbol('HookReplays');
