import type { CopyDifference } from '../copy-plan.js';
import { remark } from '../remarks.js';
import { builtIn, skipped } from './part.js';

/**
 * How much of one deal is copied at most. amoCRM takes 250 entries in one write (amoCRM API: limits); a deal beyond
 * these figures is an accident of some integration, and copying it whole would stall everybody else's copies.
 */
export const COPY_LIMITS = { contacts: 200, tags: 100, products: 250, tasks: 250, notes: 1_000 } as const;

/** The entries within the limit, and a difference about the rest when there is one. */
export const withinLimit = <T>(
  part: keyof typeof COPY_LIMITS,
  entries: readonly T[],
): { readonly entries: readonly T[]; readonly over: readonly CopyDifference[] } => {
  const limit = COPY_LIMITS[part];
  if (entries.length <= limit) return { entries, over: [] };
  const reason = remark('deals.remark.over_limit', { limit });
  return { entries: entries.slice(0, limit), over: [skipped(builtIn(part), entries.length - limit, reason)] };
};
