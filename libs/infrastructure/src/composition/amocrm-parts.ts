import type { Logger } from 'pino';
import type { AmocrmParts } from '../amocrm/amocrm.module.js';
import type { BudgetStore } from '../amocrm/budget/budget-store.js';
import { PgBudgetStore } from '../amocrm/budget/pg-budget-store.js';
import { RedisBudgetStore } from '../amocrm/budget/redis-budget-store.js';
import type { AmoObserver } from '../amocrm/http/amo-observer.js';
import { AMOCRM_CONFIG, type AmocrmConfig } from '../config/app-config.js';
import { SystemSql } from '../postgres/shared/system-sql.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { LOGGER } from '../telemetry/logger.js';
import { Metrics } from '../telemetry/metrics.js';

const budgetStore = (backend: QueueBackend, sql: SystemSql): BudgetStore => {
  const redis = backend.sharedRedis();
  return redis
    ? new RedisBudgetStore(redis)
    : new PgBudgetStore((statement, parameters) => sql.rows(statement, parameters));
};

const TOO_MANY = 429;

const observer = (metrics: Metrics, log: Logger): AmoObserver => ({
  granted: (lane, waitedMs) => metrics.amocrmWaits.observe({ lane }, waitedMs / 1_000),
  figures: (read) => metrics.readBudget(read),
  slowedDown: (pauseMs) => {
    metrics.amocrmPauses.inc(pauseMs / 1_000);
    log.warn({ pauseMs }, 'an amoCRM account has to pause');
  },
  stopped: (state) => {
    metrics.amocrmStops.inc({ state });
    log.error({ state }, 'amoCRM takes no more calls to this account until a person acts');
  },
  requestFinished: ({ lane, status, ...request }) => {
    metrics.amocrmRequests.inc({ lane, status: status === null ? 'none' : String(status) });
    if (status === TOO_MANY) metrics.amocrmThrottled.inc();
    log.debug({ lane, status, ...request }, 'amoCRM request');
  },
});

/** The amoCRM client with the configuration, the shared budget and the figures of this process. */
export const amocrmParts: AmocrmParts = {
  config: { inject: [AMOCRM_CONFIG], useFactory: (config: AmocrmConfig) => config },
  budgetStore: { inject: [QueueBackend, SystemSql], useFactory: budgetStore },
  observer: { inject: [Metrics, LOGGER], useFactory: observer },
};
