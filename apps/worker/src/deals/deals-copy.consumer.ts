import { Inject, Injectable } from '@nestjs/common';
import { copyChunkJob, transferChunkJob } from '#application/deals/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';
import { CONCURRENCY, type Concurrency } from '../shared/concurrency.js';
import { WorkspaceSlots } from '../shared/workspace-slots.js';

/** Copies and transfers that somebody waits for. */
@Injectable()
export class DealsCopyConsumer extends JobConsumer {
  readonly queue = 'deals-copy';
  readonly jobs = [copyChunkJob, transferChunkJob];
  readonly concurrency: number;
  protected override readonly slots: WorkspaceSlots;

  constructor(runtime: JobRuntime, @Inject(CONCURRENCY) { copy }: Concurrency) {
    super(runtime);
    this.concurrency = copy;
    this.slots = new WorkspaceSlots(copy);
  }
}
