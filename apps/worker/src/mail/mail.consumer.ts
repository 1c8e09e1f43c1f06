import { Injectable } from '@nestjs/common';
import { sendPasswordResetJob } from '#application/identity/index.js';
import { deliverMailJob } from '#application/mail/index.js';
import { JobConsumer, JobRuntime } from '../shared/job-consumer.js';

const AT_ONCE = 4;

/** Mails on their way to the mail server, and those that are still to be written. */
@Injectable()
export class MailConsumer extends JobConsumer {
  readonly queue = 'mail';
  readonly jobs = [deliverMailJob, sendPasswordResetJob];
  readonly concurrency = AT_ONCE;

  // Nest finds out what to inject from a constructor of the decorated class itself.
  constructor(runtime: JobRuntime) {
    super(runtime);
  }
}
