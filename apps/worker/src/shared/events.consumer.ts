import { Injectable } from '@nestjs/common';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import { JobConsumer, JobRuntime } from './job-consumer.js';

const AT_ONCE = 8;

/** Events on their way to their subscribers. */
@Injectable()
export class EventsConsumer extends JobConsumer {
  readonly queue = 'events';
  readonly jobs = [publishEventJob];
  readonly concurrency = AT_ONCE;

  // Nest injects what a class itself declares: without this line the base would get nothing.
  constructor(runtime: JobRuntime) {
    super(runtime);
  }
}
