import { Module } from '@nestjs/common';
import { MemberNamesModule } from '#application/identity/index.js';
import { FollowTimeZoneHandler, MakeEditionHandler } from './commands/make-edition/make-edition.handler.js';
import { RebuildFiguresHandler, StartRebuildHandler } from './commands/rebuild-figures/rebuild-figures.handler.js';
import { SettleFactHandler } from './commands/settle-fact/settle-fact.handler.js';
import { GetSummaryHandler } from './queries/get-summary/get-summary.handler.js';
import { EditionMaker } from './services/edition-maker.js';
import { FactBook } from './services/fact-book.js';
import { FigureZone } from './services/figure-zone.js';
import './jobs/make-edition.job.js';
import './jobs/rebuild-figures.job.js';
import './subscriptions.js';

/** The analytics context: figures, kept up to date by events of the others. */
@Module({
  imports: [MemberNamesModule],
  providers: [
    SettleFactHandler,
    StartRebuildHandler,
    RebuildFiguresHandler,
    FollowTimeZoneHandler,
    MakeEditionHandler,
    GetSummaryHandler,
    EditionMaker,
    FactBook,
    FigureZone,
  ],
})
export class AnalyticsApplicationModule {}
