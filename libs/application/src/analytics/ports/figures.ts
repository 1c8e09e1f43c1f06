import type { Fact } from '#domain/analytics/fact.js';
import type { Period } from '#domain/analytics/period.js';
import type { FigureRowView } from '../queries/get-summary/summary.view.js';

/** Figures of the workspace at hand. */
export interface Figures {
  /** Count facts, or count them no longer; each subject once, and only what is not older than what is known of it. */
  settle(facts: readonly Fact[]): Promise<void>;
  /** Add all sums up again from the facts; nothing is counted meanwhile. */
  addUp(): Promise<void>;
  /** Sums by day of an IANA zone and member; nothing where nothing happened. */
  sums(period: Period, timeZone: string): Promise<readonly FigureRowView[]>;
}
export const FIGURES = Symbol('Figures');
