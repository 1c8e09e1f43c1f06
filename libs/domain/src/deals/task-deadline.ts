const SECOND_MS = 1_000;
const LEAST_MS = 15 * 60 * SECOND_MS;
const MOST_MS = 10 * 365 * 24 * 3_600 * SECOND_MS;

/**
 * The deadline of a copied task: it gets as much time from now as the source's task had when it was set, so that it
 * is not overdue at birth; at least 15 minutes, at most ten years of 365 days. A whole second.
 *
 * @param task  `deadline` may lie before `createdAt`, and either may be an invalid date: then there was no time to keep
 */
export const copiedDeadline = (task: { readonly createdAt: Date; readonly deadline: Date }, now: Date): Date => {
  const hadMs = task.deadline.getTime() - task.createdAt.getTime();
  const keptMs = Math.min(Math.max(Number.isFinite(hadMs) ? hadMs : 0, LEAST_MS), MOST_MS);
  // Rounded up: amoCRM stores seconds, and the least must stay the least.
  return new Date(Math.ceil((now.getTime() + keptMs) / SECOND_MS) * SECOND_MS);
};
