import { Inject, Injectable } from '@nestjs/common';
import { copyBulkChunkJob, transferBulkChunkJob } from '#application/deals/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';
import { CONCURRENCY, type Concurrency } from '../shared/concurrency.js';

/** Chunks of bulk copies and transfers. */
@Injectable()
export class DealsBulkConsumer extends JobConsumer {
  readonly queue = 'deals-bulk';
  readonly jobs = [copyBulkChunkJob, transferBulkChunkJob];
  readonly concurrency: number;

  constructor(runtime: JobRuntime, @Inject(CONCURRENCY) { bulk }: Concurrency) {
    super(runtime);
    this.concurrency = bulk;
  }
}
