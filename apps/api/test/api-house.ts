import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { HouseModule } from '#infrastructure/composition/house.module.js';
import { ensureFirstAdmin } from '#infrastructure/composition/first-admin.js';
import { loadConfig } from '#infrastructure/config/app-config.js';
import { NestLogger } from '#infrastructure/telemetry/logger.js';
import { type TestDatabase, testDatabase } from '#testing/postgres.js';
import { type Api, createApi } from '../src/bootstrap.js';

export const ADMIN = { email: 'admin@example.test', password: 'a long password of the tests' };

/** The whole API as it runs in production, on a database of its own, without a network port. */
export interface ApiHouse extends Api {
  readonly fastify: FastifyInstance;
  readonly database: TestDatabase;
  /** Where its files are. */
  readonly dataDir: string;
  /** An access token of the administrator. */
  signIn(): Promise<string>;
  close(): Promise<void>;
}

/** The integration of the house. Its redirect URI is at http://127.0.0.1:3000. */
export const INTEGRATION = { AMOCRM_CLIENT_ID: '0c3ef2a1-5b0e-4d0f-9a55-5d3e1a000001', AMOCRM_CLIENT_SECRET: 'secret' };

export const apiHouse = async ({
  integration = true,
  log = pino({ level: 'silent' }),
  env = {} as Readonly<Record<string, string>>,
} = {}): Promise<ApiHouse> => {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'sdelka-api-'));
  const config = loadConfig({
    DATABASE_URL: database.url,
    SDELKA_SECRET_KEY: 'a secret key of the tests, long enough',
    ...(integration && INTEGRATION),
    // Nobody listens there: amoCRM is away.
    AMOCRM_BASE_URL: 'http://127.0.0.1:9',
    SDELKA_DATA_DIR: dataDir,
    ...env,
  });
  const api = await createApi(HouseModule.of(config, log), {
    trustedProxies: 0,
    log,
    nestLogger: new NestLogger(log),
    withDocs: false,
  });
  await ensureFirstAdmin(api.app, ADMIN);
  const fastify = api.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  return {
    ...api,
    fastify,
    database,
    dataDir,
    signIn: async () => {
      const answer = await fastify.inject({ method: 'POST', url: '/api/v1/auth/login', payload: ADMIN });
      return answer.json<{ accessToken: string }>().accessToken;
    },
    close: async () => {
      await api.app.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
