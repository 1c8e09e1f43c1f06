import { Module } from '@nestjs/common';
import { RebuildFiguresHandler, StartRebuildHandler } from './commands/rebuild-figures/rebuild-figures.handler.js';
import { SettleFactHandler } from './commands/settle-fact/settle-fact.handler.js';
import { GetSummaryHandler } from './queries/get-summary/get-summary.handler.js';
import './jobs/rebuild-figures.job.js';
import './subscriptions.js';

/** The analytics context: figures, kept up to date by events of the others. */
@Module({
  providers: [SettleFactHandler, StartRebuildHandler, RebuildFiguresHandler, GetSummaryHandler],
})
export class AnalyticsApplicationModule {}
