import { Injectable } from '@nestjs/common';
import { makeEditionJob, rebuildFiguresJob } from '#application/analytics/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';

/** Long work on figures, one at a time. */
@Injectable()
export class AnalyticsConsumer extends JobConsumer {
  readonly queue = 'analytics';
  readonly jobs = [rebuildFiguresJob, makeEditionJob];
  readonly concurrency = 1;

  // Nest injects what a class itself declares: without this line the base would get nothing.
  constructor(runtime: JobRuntime) {
    super(runtime);
  }
}
