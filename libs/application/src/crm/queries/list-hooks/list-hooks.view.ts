import type { HookState } from '#domain/crm/hook-outcome.js';
import type { EventReading } from '#domain/crm/hooks/hook-reading.js';

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
  /** What it is about, as of the first of its events; null until it was read. */
  readonly event: EventReading | null;
  /** What its last run started. */
  readonly operationIds: readonly string[];
  /** How often it was carried out. */
  readonly runCount: number;
  /** How often it was handed to the queue. */
  readonly attempts: number;
}
