import type { HookReading } from '#domain/crm/hooks/hook-reading.js';
import type { HookView } from '../list-hooks/list-hooks.view.js';

/** How one run of a hook ended. Times are ISO 8601. */
export interface HookRunView {
  readonly run: number;
  readonly endedAt: string;
  readonly state: string;
  readonly outcome: string;
  readonly operationIds: readonly string[];
}

/** The bytes of a hook: as text when they are UTF-8 without control characters, otherwise in base64. */
export interface HookBodyView {
  readonly encoding: 'text' | 'base64';
  readonly content: string;
}

/** A hook as its screen shows it. */
export interface HookCardView extends HookView {
  /** What was found in the body; null until it was read, or when it cannot be. */
  readonly reading: HookReading | null;
  /** Oldest first. */
  readonly runs: readonly HookRunView[];
  /** Null for who may not see it. */
  readonly body: HookBodyView | null;
}
