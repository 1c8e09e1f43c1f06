import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jobQueueContract } from '../../../testing/contracts/job-queue.contract.js';
import { queueBackendOn } from '#testing/bus/queue-backend.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { BullJobQueue } from './bull-job-queue.js';
import type { QueueBackend } from './queue-backend.js';

describe('the job queue on Postgres', () => {
  let database: TestDatabase;
  let backend: QueueBackend;
  beforeAll(async () => {
    database = await testDatabase();
    backend = queueBackendOn({ postgres: database.url });
  });
  afterAll(async () => {
    await backend.close();
    await database.close();
  });

  jobQueueContract(() => backend);

  it('has no shared Redis', () => {
    expect(backend.sharedRedis()).toBeNull();
  });
});

const redisUrl = process.env.TEST_REDIS_URL;

if (redisUrl) {
  describe('the job queue on Redis', () => {
    let backend: QueueBackend;
    beforeAll(() => {
      backend = queueBackendOn({ redis: redisUrl });
    });
    afterAll(() => backend.close());

    jobQueueContract(() => backend);
  });
} else {
  it.skip('the job queue on Redis (set TEST_REDIS_URL to run it)', () => undefined);
}

describe('the job queue on a Redis that is away', () => {
  it('refuses jobs soon instead of waiting for it, and closes', async () => {
    const backend = queueBackendOn({ redis: 'redis://127.0.0.1:9' });
    const queue = new BullJobQueue(backend);
    await expect(queue.add([])).rejects.toThrow(/retries per request|timed out/);
    await queue.onApplicationShutdown();
    await backend.close();
  });
});
