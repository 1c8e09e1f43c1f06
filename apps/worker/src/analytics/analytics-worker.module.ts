import { Module } from '@nestjs/common';
import { AnalyticsConsumer } from './analytics.consumer.js';

/** The analytics context's part of the queue edge. */
@Module({ providers: [AnalyticsConsumer] })
export class AnalyticsWorkerModule {}
