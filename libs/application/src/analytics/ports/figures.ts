import type { Fact } from '#domain/analytics/fact.js';
import type { Period } from '#domain/analytics/period.js';
import type { FiguresView } from '../queries/get-summary/summary.view.js';

/**
 * Figures of the workspace at hand: facts, and an edition of sums of them by day of a time zone. Another edition is made beside
 * the one that is shown, and shown when it is whole.
 */
export interface Figures {
  /**
   * Count facts, or count them no longer; each subject once, and only what is not older than what is known of it.
   *
   * @returns false, with nothing counted, when the workspace has no edition yet
   */
  settle(facts: readonly Fact[]): Promise<boolean>;
  /** Begin the first edition, in the days of an IANA zone; nothing when there is one. @throws Error for an unknown zone */
  begin(timeZone: string): Promise<void>;
  /** Wait until nobody counts; nobody does before the end of the unit of work. */
  alone(): Promise<void>;
  /**
   * Start another edition, in the days of an IANA zone, or go on with one of that zone. Only when `alone`.
   *
   * @param options `anew`: also when the edition that is shown is of that zone
   * @returns       whether there is something to add up
   * @throws Error  for an unknown zone
   */
  startEdition(timeZone: string, options: { readonly anew: boolean }): Promise<boolean>;
  /** Add up to `limit` more facts to the next edition; with none left, show it. @returns whether it goes on; nobody counts meanwhile */
  addUp(limit: number): Promise<boolean>;
  /** Sums of a period of the edition that is shown. */
  sums(period: Period): Promise<FiguresView>;
}
export const FIGURES = Symbol('Figures');
