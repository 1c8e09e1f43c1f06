import { Injectable } from '@nestjs/common';
import { purgeClientsJob } from '#application/clients/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';

/** Long work on clients, one at a time. */
@Injectable()
export class ClientsConsumer extends JobConsumer {
  readonly queue = 'clients';
  readonly jobs = [purgeClientsJob];
  readonly concurrency = 1;

  // Nest injects what a class itself declares: without this line the base would get nothing.
  constructor(runtime: JobRuntime) {
    super(runtime);
  }
}
