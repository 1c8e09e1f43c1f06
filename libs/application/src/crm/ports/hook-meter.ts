/** What became of a hook at the door. */
export const HOOK_TAKES = ['stored', 'unknown_token', 'rate_limited', 'backlog_full', 'failed'] as const;
export type HookTake = (typeof HOOK_TAKES)[number];

/** Counts what comes in. Labels are these words alone: never tokens, never workspaces. */
export interface HookMeter {
  hookTaken(take: HookTake): void;
  /** Bytes that wait to be stored, or are on their way. */
  hookBacklog(bytes: number): void;
}
export const HOOK_METER = Symbol('HookMeter');
