import type { HookState } from '#domain/crm/hook-outcome.js';

/** A received hook without its body, which may hold personal data. Times are ISO 8601. */
export interface HookView {
  readonly id: string;
  readonly hookTokenId: string;
  readonly receivedAt: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly state: HookState;
  /** How it ended: a `HookOutcome`, or the code of the error that failed it; null until then. */
  readonly outcome: string | null;
  /** How often it was handed to the queue. */
  readonly attempts: number;
}
