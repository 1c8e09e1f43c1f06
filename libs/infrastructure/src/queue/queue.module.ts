import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { JOB_QUEUE } from '#application/shared/ports/job-queue.js';
import { QUEUE_CONFIG, type QueueConfig } from '../config/app-config.js';
import { BullJobQueue } from './bull-job-queue.js';
import { QueueBackend } from './queue-backend.js';

/** BullMQ on Redis or on Postgres, as the configuration says. */
@Global()
@Module({
  providers: [
    { provide: QueueBackend, inject: [QUEUE_CONFIG], useFactory: (config: QueueConfig) => new QueueBackend(config) },
    { provide: JOB_QUEUE, useClass: BullJobQueue },
  ],
  exports: [QueueBackend, JOB_QUEUE],
})
export class QueueModule implements OnApplicationShutdown {
  constructor(private readonly backend: QueueBackend) {}

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}
