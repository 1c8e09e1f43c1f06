import { Injectable } from '@nestjs/common';
import { checkConnectionJob, dispatchHookJob, refreshDirectoryJob } from '#application/crm/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';

const AT_ONCE = 8;

/** Hooks on their way to what they start, directory refreshes and checks of connections. */
@Injectable()
export class CrmConsumer extends JobConsumer {
  readonly queue = 'crm';
  readonly jobs = [dispatchHookJob, refreshDirectoryJob, checkConnectionJob];
  readonly concurrency = AT_ONCE;

  // Nest finds out what to inject from a constructor of the decorated class itself.
  constructor(runtime: JobRuntime) {
    super(runtime);
  }
}
