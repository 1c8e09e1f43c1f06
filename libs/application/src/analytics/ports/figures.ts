import type { Fact } from '#domain/analytics/fact.js';
import type { Period } from '#domain/analytics/period.js';
import type { FigureRowView } from '../queries/get-summary/summary.view.js';

/** Figures of the workspace at hand. */
export interface Figures {
  /** Count facts that were not counted before; those that were taken back stay so. */
  count(facts: readonly Fact[]): Promise<void>;
  /** Count a fact no longer, or never. */
  takeBack(fact: Fact): Promise<void>;
  /** Add all sums up again from the facts; nothing is counted meanwhile. */
  addUp(): Promise<void>;
  /** Sums by day of an IANA zone and member; nothing where nothing happened. */
  sums(period: Period, timeZone: string): Promise<readonly FigureRowView[]>;
}
export const FIGURES = Symbol('Figures');
