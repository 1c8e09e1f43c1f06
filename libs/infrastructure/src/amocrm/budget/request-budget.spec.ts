import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#infrastructure/postgres/shared/data-source.js';
import { SystemSql } from '#infrastructure/postgres/shared/system-sql.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { requestBudgetContract } from '../../../../testing/contracts/request-budget.contract.js';
import type { BudgetStore } from './budget-store.js';
import { PgBudgetStore } from './pg-budget-store.js';
import { RedisBudgetStore } from './redis-budget-store.js';

describe('on Postgres', () => {
  let database: TestDatabase;
  let system: DataSource;
  let store: BudgetStore;

  beforeAll(async () => {
    database = await testDatabase();
    const options = { url: database.url, poolSize: 4, role: 'sdelka_system', applicationName: 'test-budget' } as const;
    system = await createDataSource(options).initialize();
    const sql = new SystemSql(system);
    store = new PgBudgetStore((statement, parameters) => sql.rows(statement, parameters));
  });
  afterAll(async () => {
    await system.destroy();
    await database.close();
  });

  requestBudgetContract('Postgres', () => store);
});

const redisUrl = process.env.TEST_REDIS_URL;

if (redisUrl) {
  describe('on Redis', () => {
    let redis: Redis;
    beforeAll(() => {
      redis = new Redis(redisUrl);
    });
    afterAll(async () => {
      await redis.quit();
    });
    requestBudgetContract('Redis', () => new RedisBudgetStore(redis));
  });
} else {
  it.skip('on Redis (set TEST_REDIS_URL to run it)', () => undefined);
}
