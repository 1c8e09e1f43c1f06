import type { ReplayStatus } from '#domain/crm/hook-replay.js';

/** A replay with its progress. Times are ISO 8601. */
export interface HookReplayView {
  readonly id: string;
  readonly status: ReplayStatus;
  readonly from: string;
  readonly to: string;
  readonly states: readonly string[];
  readonly hookTokenId: string | null;
  /** Set for the replay of one hook. */
  readonly hookId: string | null;
  readonly force: boolean;
  readonly dryRun: boolean;
  /** As counted when it was ordered. */
  readonly total: number;
  /** Made new again so far. */
  readonly handed: number;
  /** Left alone, for their work was begun before. */
  readonly skipped: number;
  /** Of those handed over, on their way. */
  readonly pending: number;
  /** How the others ended: outcomes with their numbers. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly createdBy: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** What came of one hook of a replay. */
export interface ReplayedHookView {
  /** The hook's. */
  readonly id: string;
  readonly receivedAt: string;
  readonly run: number;
  readonly endedAt: string;
  readonly state: string;
  readonly outcome: string;
  readonly operationIds: readonly string[];
}
