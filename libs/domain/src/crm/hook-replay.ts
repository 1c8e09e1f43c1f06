import type { HookTokenId, UserId } from '../shared/ids.js';
import type { HookState } from './hook-outcome.js';

/** A replay takes so many hooks at most; more are several replays. */
export const MAX_REPLAYED_HOOKS = 100_000;

/** Hooks that have ended; others are on their way and cannot be replayed. */
export const REPLAYABLE_STATES = ['dispatched', 'ignored', 'failed'] as const satisfies readonly HookState[];
export type ReplayableState = (typeof REPLAYABLE_STATES)[number];

/** `running` until each of its hooks has ended again; a cancelled one hands over no more. */
export const REPLAY_STATUSES = ['running', 'done', 'cancelled'] as const;
export type ReplayStatus = (typeof REPLAY_STATUSES)[number];

/** Which hooks: received in `[from, to)`, standing in one of `states`; through one token, or just one hook. */
export interface ReplayScope {
  readonly from: Date;
  readonly to: Date;
  readonly states: readonly ReplayableState[];
  readonly hookTokenId: HookTokenId | null;
  readonly hookId: string | null;
}

/** An order to carry stored hooks out again. */
export interface HookReplay {
  readonly id: string;
  readonly status: ReplayStatus;
  readonly scope: ReplayScope;
  /** Also those whose work was begun before: they may begin it a second time. */
  readonly forced: boolean;
  /** Only counted: nothing is carried out. */
  readonly dryRun: boolean;
  /** As counted when it was ordered. */
  readonly total: number;
  /** Made new again so far. */
  readonly handed: number;
  /** Left alone so far, for their work was begun before. */
  readonly skipped: number;
  readonly createdBy: UserId | null;
  readonly createdAt: Date;
}
