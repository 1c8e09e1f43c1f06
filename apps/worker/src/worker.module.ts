import { type DynamicModule, Global, Module } from '@nestjs/common';
import { WORKER_CONFIG, type WorkerConfig } from '#infrastructure/config/app-config.js';
import { QueueBackend } from '#infrastructure/queue/queue-backend.js';
import { LOGGER } from '#infrastructure/telemetry/logger.js';
import { AnalyticsWorkerModule } from './analytics/analytics-worker.module.js';
import { ClientsWorkerModule } from './clients/clients-worker.module.js';
import { CrmWorkerModule } from './crm/crm-worker.module.js';
import { DealsWorkerModule } from './deals/deals-worker.module.js';
import { MailWorkerModule } from './mail/mail-worker.module.js';
import { CONCURRENCY, type Concurrency } from './shared/concurrency.js';
import { CONSUMER_SETTINGS, WORKER_FACTORY } from './shared/consumers.js';
import { WorkerEdgeModule } from './shared/worker-edge.module.js';
import { WORKER_LOGGER } from './shared/worker-logger.js';

/** What the edge takes from the house, under its own names. */
@Global()
@Module({
  providers: [
    { provide: WORKER_FACTORY, useExisting: QueueBackend },
    { provide: WORKER_LOGGER, useExisting: LOGGER },
    { provide: CONSUMER_SETTINGS, useExisting: WORKER_CONFIG },
    {
      provide: CONCURRENCY,
      inject: [WORKER_CONFIG],
      useFactory: ({ copyConcurrency, triggerConcurrency, bulkConcurrency }: WorkerConfig): Concurrency => ({
        copy: copyConcurrency,
        trigger: triggerConcurrency,
        bulk: bulkConcurrency,
      }),
    },
  ],
  exports: [WORKER_FACTORY, WORKER_LOGGER, CONSUMER_SETTINGS, CONCURRENCY],
})
class WorkerBindingsModule {}

/** The queue edge. */
@Module({
  imports: [
    WorkerBindingsModule,
    WorkerEdgeModule,
    CrmWorkerModule,
    DealsWorkerModule,
    AnalyticsWorkerModule,
    MailWorkerModule,
    ClientsWorkerModule,
  ],
})
export class WorkerModule {
  /** The edge with a house of its own behind it. */
  static behind(house: DynamicModule): DynamicModule {
    return { module: WorkerModule, imports: [house] };
  }
}
