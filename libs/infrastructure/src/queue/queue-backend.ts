import { createPostgresBackend, Queue, type Processor, Worker } from 'bullmq';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisTarget } from '../config/redis-target.js';
import type { QueueConfig } from '../config/app-config.js';
import { WORKING_LIMITS } from '../config/working-limits.js';
import { QUEUE_SCHEMA } from './queue-migrations.js';

// Unlike a worker's, these commands fail soon when Redis is away: their callers wait for an answer.
const FAILING_SOON: RedisOptions = { maxRetriesPerRequest: 1, commandTimeout: 3_000, enableOfflineQueue: true };

export type RedisClient = Redis | Cluster;

export interface WorkerSettings {
  /** Jobs at once. */
  readonly concurrency: number;
  /** After how long without a sign of life a job is given to another worker, in milliseconds. */
  readonly stalledAfterMs: number;
}

// A job that takes its worker down with it is tried elsewhere this often before BullMQ fails it.
const MAX_STALLS = 100;
const POOL_SIZE = 6;
// Braces: a Redis Cluster keeps all keys of a queue on one node.
const PREFIX = '{sdelka}';

/**
 * BullMQ on the store that the configuration names. The only place that knows which one it is; the same queues,
 * options and behaviour on both.
 */
export class QueueBackend {
  readonly #connections: RedisClient[] = [];
  #producer: RedisClient | null = null;

  constructor(private readonly config: QueueConfig) {}

  queue(name: string): Queue {
    return this.config.redis === null
      ? (new Queue(name, { connection: this.postgres(2) as never }, createPostgresBackend as never) as Queue)
      : new Queue(name, { connection: this.producer(), prefix: PREFIX });
  }

  /**
   * Settle whether jobs can be added now. BullMQ itself would wait, in somebody's transaction, until Redis comes back;
   * Postgres fails its commands by itself.
   *
   * @throws Error when Redis does not answer
   */
  async assertTakesJobs(): Promise<void> {
    if (this.config.redis !== null) await this.producer().ping();
  }

  worker(name: string, processor: Processor, { concurrency, stalledAfterMs }: WorkerSettings): Worker {
    const settings = {
      concurrency,
      lockDuration: stalledAfterMs,
      stalledInterval: Math.max(1_000, Math.floor(stalledAfterMs / 2)),
      maxStalledCount: MAX_STALLS,
      autorun: false,
    };
    return this.config.redis === null
      ? (new Worker(
          name,
          processor,
          { ...settings, connection: this.postgres(POOL_SIZE) as never },
          createPostgresBackend as never,
        ) as Worker)
      : new Worker(name, processor, { ...settings, connection: this.redis(), prefix: PREFIX });
  }

  /** A connection for other shared state of the processes; null when the store is Postgres. */
  sharedRedis(): RedisClient | null {
    return this.config.redis === null ? null : this.redis(FAILING_SOON);
  }

  /** Close what the queues and workers shared; they close themselves first. */
  async close(): Promise<void> {
    await Promise.all(this.#connections.map((connection) => connection.quit().catch(() => connection.disconnect())));
  }

  private producer(): RedisClient {
    this.#producer ??= this.redis(FAILING_SOON);
    return this.#producer;
  }

  private postgres(max: number) {
    return {
      connectionString: this.config.databaseUrl,
      max,
      schema: QUEUE_SCHEMA,
      options: `-c role=sdelka_system ${WORKING_LIMITS}`,
      application_name: 'sdelka-queue',
    };
  }

  // null: BullMQ waits for a Redis that went away instead of failing its commands.
  private redis(options: RedisOptions = { maxRetriesPerRequest: null }): RedisClient {
    if (this.config.redis === null) throw new Error('There is no Redis in this installation');
    const connection = connect(this.config.redis, options);
    // Without a listener ioredis prints every reconnect; BullMQ reports the errors that matter.
    connection.on('error', () => undefined);
    this.#connections.push(connection);
    return connection;
  }
}

const connect = (target: RedisTarget, options: RedisOptions): RedisClient => {
  switch (target.kind) {
    case 'single':
      return new Redis(target.url, options);
    case 'sentinel': {
      const { hosts, master, username, password } = target;
      return new Redis({ ...options, sentinels: [...hosts], name: master, username, password });
    }
    case 'cluster': {
      const { hosts, username, password } = target;
      return new Cluster([...hosts], { redisOptions: { ...options, username, password } });
    }
  }
};
