import { Inject, Injectable } from '@nestjs/common';
import { copyTriggeredChunkJob } from '#application/deals/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';
import { CONCURRENCY, type Concurrency } from '../shared/concurrency.js';
import { WorkspaceSlots } from '../shared/workspace-slots.js';

/** Copies that triggers asked for. */
@Injectable()
export class DealsTriggerConsumer extends JobConsumer {
  readonly queue = 'deals-trigger';
  readonly jobs = [copyTriggeredChunkJob];
  readonly concurrency: number;
  protected override readonly slots: WorkspaceSlots;

  constructor(runtime: JobRuntime, @Inject(CONCURRENCY) { trigger }: Concurrency) {
    super(runtime);
    this.concurrency = trigger;
    this.slots = new WorkspaceSlots(trigger);
  }
}
