import { Inject, Injectable } from '@nestjs/common';
import { copyBulkChunkJob, transferBulkChunkJob } from '#application/deals/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';
import { CONCURRENCY, type Concurrency } from '../shared/concurrency.js';
import { WorkspaceSlots } from '../shared/workspace-slots.js';

/** Chunks of bulk copies and transfers. */
@Injectable()
export class DealsBulkConsumer extends JobConsumer {
  readonly queue = 'deals-bulk';
  readonly jobs = [copyBulkChunkJob, transferBulkChunkJob];
  readonly concurrency: number;
  protected override readonly slots: WorkspaceSlots;

  constructor(runtime: JobRuntime, @Inject(CONCURRENCY) { bulk }: Concurrency) {
    super(runtime);
    this.concurrency = bulk;
    this.slots = new WorkspaceSlots(bulk);
  }
}
