import { Module } from '@nestjs/common';
import { AnalyticsApplicationModule } from '#application/analytics/analytics.module.js';
import { AnalyticsController } from './analytics.controller.js';

/** Routes of the analytics context. */
@Module({ imports: [AnalyticsApplicationModule], controllers: [AnalyticsController] })
export class AnalyticsHttpModule {}
