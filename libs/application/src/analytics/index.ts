// What other contexts and the edges may use of the analytics context.
export { StartRebuildCommand } from './commands/rebuild-figures/rebuild-figures.command.js';
export { makeEditionJob } from './jobs/make-edition.job.js';
export { rebuildFiguresJob } from './jobs/rebuild-figures.job.js';
export { GetSummaryQuery } from './queries/get-summary/get-summary.query.js';
export type { SummaryView } from './queries/get-summary/summary.view.js';
// The context's vocabulary, for edges, which do not know the domain.
export { MAX_DAYS } from '#domain/analytics/period.js';
export { analyticsErrors } from '#domain/analytics/analytics.errors.js';
