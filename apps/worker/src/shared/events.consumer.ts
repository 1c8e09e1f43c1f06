import { Injectable } from '@nestjs/common';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import { JobConsumer } from './job-consumer.js';

const AT_ONCE = 8;

/** Events on their way to their subscribers. */
@Injectable()
export class EventsConsumer extends JobConsumer {
  readonly queue = 'events';
  readonly jobs = [publishEventJob];
  readonly concurrency = AT_ONCE;
}
