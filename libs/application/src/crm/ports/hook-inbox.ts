import type { HookEnd, HookState } from '#domain/crm/hook-outcome.js';
import type { HookEntity, HookReading } from '#domain/crm/hooks/hook-reading.js';
import type { HookTokenId, WorkspaceId } from '#domain/shared/ids.js';

/** A hook as it arrived. */
export interface NewHook {
  readonly workspaceId: WorkspaceId;
  /** UUID v7. */
  readonly id: string;
  readonly tokenId: HookTokenId;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** SHA-256 of the body. */
  readonly digest: Uint8Array;
  readonly receivedAt: Date;
}

/** Names a stored hook. The time (ISO 8601, exact) leads to its partition. */
export interface HookRef {
  readonly hookId: string;
  readonly receivedAt: string;
}

export interface StoredHook extends HookRef {
  /** The run that may work on it; jobs of older runs are obsolete. */
  readonly run: number;
  readonly tokenId: HookTokenId;
  readonly state: HookState;
  readonly body: Uint8Array;
  readonly digest: Uint8Array;
  /** Replayed on purpose: it may start what was started before. */
  readonly forced: boolean;
}

/** How a run of a hook ended. */
export interface HookRunEnd {
  readonly end: HookEnd;
  readonly endedAt: Date;
  /** Null when the body was not read, or could not be. */
  readonly reading: HookReading | null;
  /** What the hook is about: it is found by these. */
  readonly entities: readonly HookEntity[];
  /** Ids of what it started, in the order of its deals. */
  readonly operationIds: readonly string[];
}

/** A claimed hook; exactly the payload of `crm.dispatch-hook`. */
export interface ClaimedHook extends HookRef {
  readonly workspaceId: WorkspaceId;
  /** Grows when claims go without effect for minutes; part of the job's key, see `dispatchHookJob`. */
  readonly run: number;
}

/**
 * Inbound hooks, stored before anything looks into them. `store`, `claimNewHooks` and `requeueStale` work across
 * workspaces in transactions of their own; the rest in the open transaction of the current workspace.
 */
export interface HookInbox {
  /** Store all of them in one statement; when it returns they are committed. */
  store(hooks: readonly NewHook[]): Promise<void>;
  /** Take up to `limit` new hooks, oldest first; other processes skip them. The caller hands each to the queue. */
  claimNewHooks(limit: number): Promise<readonly ClaimedHook[]>;
  /**
   * Make hooks new again that were claimed more than `olderThanMs` ago and have not ended: the claimer may have died
   * before it handed them over. @returns how many
   */
  requeueStale(olderThanMs: number): Promise<number>;
  /** The hook, held until the transaction ends; null when it is gone. */
  lock(ref: HookRef): Promise<StoredHook | null>;
  /** End a hook that `lock` gave, and keep how this run of it ended. */
  finish(ref: HookRef, run: HookRunEnd): Promise<void>;
  /** True when the same token brought the same bytes within `withinMs` before, and they did not fail. */
  hasEarlierTwin(hook: StoredHook, withinMs: number): Promise<boolean>;
}
export const HOOK_INBOX = Symbol('HookInbox');

/** True for a job of an older run: the hook was claimed anew meanwhile, and the newer job has it. */
export const isObsolete = (ref: HookRef & { readonly run?: number }, hook: StoredHook): boolean =>
  ref.run !== undefined && ref.run < hook.run;
