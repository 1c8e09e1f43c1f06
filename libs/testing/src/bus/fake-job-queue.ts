import type { JobQueue, QueuedJob } from '#application/shared/ports/job-queue.js';

/** Keeps the jobs that it is given; refuses while it is told to. */
export class FakeJobQueue implements JobQueue {
  readonly jobs: QueuedJob[] = [];
  down = false;
  /** One such job, and the call that brings it is refused. */
  refuses: (job: QueuedJob) => boolean = () => false;
  refused = 0;

  async add(jobs: readonly QueuedJob[]): Promise<void> {
    if (this.down || jobs.some((job) => this.refuses(job))) {
      this.refused++;
      throw new Error('The queue refuses');
    }
    this.jobs.push(...jobs);
  }
}
