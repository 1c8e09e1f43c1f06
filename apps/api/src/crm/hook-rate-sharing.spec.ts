import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { CreateHookTokenCommand, HookIntake } from '#application/crm/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { ProblemFilter } from '../shared/problem.filter.js';
import { openContextPerRequest } from '../shared/request-context.js';
import { CrmHttpModule } from './crm-http.module.js';
import { registerHookBodyParser } from './hook-body-parser.js';

const BURST = 200;

interface Instance {
  readonly house: CrmHouse;
  readonly app: NestFastifyApplication;
}

/** One API process; its clock stands, so that nothing is refilled. */
const anInstance = async (database: TestDatabase): Promise<Instance> => {
  const house = await crmHouse(database, [CrmHttpModule], { perSecond: 50, burst: BURST });
  const adapter = new FastifyAdapter({ routerOptions: { maxParamLength: 200 } });
  const app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(adapter);
  const fastify = adapter.getInstance();
  openContextPerRequest(fastify, house.module.get(CurrentContext));
  registerHookBodyParser(fastify, house.module.get(HookIntake));
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
  await app.listen(0, '127.0.0.1');
  return { house, app };
};

let database: TestDatabase;
let first: Instance;
let second: Instance;
beforeAll(async () => {
  database = await testDatabase();
  [first, second] = [await anInstance(database), await anInstance(database)];
});
afterAll(async () => {
  await first.app.close();
  await second.app.close();
  await database.close();
});

const makeToken = ({ house }: Instance) =>
  house.as('admin', () => house.bus.execute(new CreateHookTokenCommand({ name: 'Copy', kind: 'digital_pipeline' })));
const bring = async ({ app }: Instance, url: string, times: number) => {
  const request = { method: 'POST', url, payload: 'a=1', headers: { 'content-type': 'text/plain' } } as const;
  const answers = await Promise.all(Array.from({ length: times }, () => app.inject(request)));
  return answers.filter(({ statusCode }) => statusCode === 200).length;
};

it('lets two API processes share the rate of a token, and leaves other tokens alone', async () => {
  const [noisy, quiet] = [await makeToken(first), await makeToken(first)];
  const instances = [first, second];
  for (const instance of instances) expect(await bring(instance, noisy.path, 5)).toBe(5);
  await eventually(
    async () => {
      const told = await database.owner.query<object[]>('SELECT 1 FROM hook_takings WHERE taken = 5');
      return told.length === 2;
    },
    { withinMs: 20_000, what: 'both to tell what they took' },
  );
  expect(await bring(first, noisy.path, BURST)).toBe(BURST - 5);
  let taken = 0;
  await eventually(
    async () => {
      const one = await bring(second, noisy.path, 1);
      taken += one;
      return one === 0;
    },
    { withinMs: 20_000, everyMs: 100, what: 'the second process to have heard of it' },
  );
  // Alone it would have taken as many as the first.
  expect(taken).toBeLessThan(BURST / 2);
  expect(await bring(second, quiet.path, BURST)).toBe(BURST);
});

it('forgets what a process told that is no more', async () => {
  const token = await makeToken(first);
  await database.owner.query(
    `INSERT INTO hook_takings (process_id, token_id, taken, told_at) VALUES ($1, $1, 7, now() - interval '61 seconds')`,
    ['01890000-0000-7000-8000-000000000001'],
  );
  expect(await bring(first, token.path, 5)).toBe(5);
  await eventually(
    async () => (await database.owner.query<object[]>('SELECT 1 FROM hook_takings WHERE taken = 7')).length === 0,
    { withinMs: 20_000, what: 'the row of the dead process to go' },
  );
});
