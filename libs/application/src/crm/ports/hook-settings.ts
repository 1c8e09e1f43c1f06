/** What the operator decides about inbound hooks. */
export interface HookSettings {
  /** Hooks a second that one token may go on with, in all processes together. */
  readonly perSecond: number;
  /** Hooks that one token may bring at once after a pause. */
  readonly burst: number;
  /** Days that hooks are kept. */
  readonly retentionDays: number;
}
export const HOOK_SETTINGS = Symbol('HookSettings');
