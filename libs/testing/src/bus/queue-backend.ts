import { loadConfig } from '#infrastructure/config/app-config.js';
import { QueueBackend } from '#infrastructure/queue/queue-backend.js';

const NO_DATABASE = 'postgres://nobody@127.0.0.1:1/none';

/** The queue's store as the product would configure it: in Postgres, or in Redis when an address is given. */
export const queueBackendOn = ({ postgres, redis }: { postgres?: string; redis?: string }): QueueBackend => {
  const { queue } = loadConfig({
    DATABASE_URL: postgres ?? NO_DATABASE,
    REDIS_URL: redis,
    SDELKA_SECRET_KEY: 'a secret key of the tests, long enough',
  });
  return new QueueBackend(queue);
};
