import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { CreateHookTokenCommand, HOOK_INBOX, type HookInbox, HookIntake } from '#application/crm/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { type CrmHouse, crmHouse } from '#testing/crm/crm-house.js';
import { eventually } from '#testing/eventually.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { ProblemFilter } from '../shared/problem.filter.js';
import { openContextPerRequest } from '../shared/request-context.js';
import { CrmHttpModule } from './crm-http.module.js';
import { registerHookBodyParser } from './hook-body-parser.js';

const LIMITS = { perSecond: 5, burst: 20 };

let database: TestDatabase;
let house: CrmHouse;
let app: NestFastifyApplication;
beforeAll(async () => {
  database = await testDatabase();
  house = await crmHouse(database, [CrmHttpModule], LIMITS);
  const adapter = new FastifyAdapter({ routerOptions: { maxParamLength: 200 } });
  app = house.module.createNestApplication<INestApplication & NestFastifyApplication>(adapter);
  const fastify = adapter.getInstance();
  openContextPerRequest(fastify, house.module.get(CurrentContext));
  registerHookBodyParser(fastify, house.module.get(HookIntake));
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' })));
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  await database.close();
});

const makeToken = async () => {
  const command = new CreateHookTokenCommand({ name: 'Copy', kind: 'digital_pipeline' });
  return house.as('admin', () => house.bus.execute(command));
};
const bring = (path: string, payload = 'a=1') =>
  app.inject({ method: 'POST', url: path, payload, headers: { 'content-type': 'text/plain' } });
const storedFor = async (id: string) => {
  const [row] = await database.owner.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM hook_inbox WHERE token_id = $1',
    [id],
  );
  return row?.count;
};

/** Announce a body that never comes whole: whoever answers has not waited for it. */
const answerToHalf = (path: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port } = app.getHttpServer().address() as { port: number };
    let answer = '';
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 900000\r\n\r\n${'a'.repeat(1_000)}`,
      ),
    );
    socket.on('data', (data) => (answer += data.toString()));
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
  });

describe('the door of the hook intake', () => {
  it('turns away who brings too much, with the time to come again, and nobody else', async () => {
    const [noisy, quiet] = [await makeToken(), await makeToken()];
    house.meter.takes.length = 0;
    const answers = await Promise.all(Array.from({ length: 50 }, () => bring(noisy.path)));
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect([answers.filter(({ statusCode }) => statusCode === 200).length, refused.length]).toEqual([20, 30]);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect(refused[0]?.json()).toMatchObject({ code: 'shared.rate_limited', status: 429 });
    expect((await bring(quiet.path)).statusCode).toBe(200);
    expect(await storedFor(noisy.id)).toBe(20);
    house.clock.advance(1_000);
    const later = await Promise.all(Array.from({ length: 10 }, () => bring(noisy.path)));
    expect(later.filter(({ statusCode }) => statusCode === 200)).toHaveLength(5);
    const count = (take: string) => house.meter.takes.filter((one) => one === take).length;
    expect([count('stored'), count('rate_limited')]).toEqual([26, 35]);
  });

  it('answers before the body has come: to a wrong token, and to one that brings too much', async () => {
    expect(await answerToHalf(`/hooks/amocrm/${'A'.repeat(43)}`)).toMatch(
      /^HTTP\/1\.1 404 [^]*crm\.hook_token_unknown/,
    );
    const { path } = await makeToken();
    for (let turn = 0; turn < LIMITS.burst; turn++) await bring(path);
    expect(await answerToHalf(path)).toMatch(/^HTTP\/1\.1 429 [^]*connection: close[^]*shared\.rate_limited/i);
  });

  it('refuses a flood of guesses, and takes a sound hook meanwhile', async () => {
    const { path, id } = await makeToken();
    const guess = (index: number) => bring(`/hooks/amocrm/${String(index).padStart(43, 'g')}`);
    house.meter.takes.length = 0;
    const guesses = Array.from({ length: 2_000 }, (_, index) => guess(index));
    const sound = await bring(path);
    const statuses = new Set((await Promise.all(guesses)).map(({ statusCode }) => statusCode));
    expect([sound.statusCode, [...statuses]]).toEqual([200, [404]]);
    expect(house.meter.takes.filter((take) => take === 'unknown_token')).toHaveLength(2_000);
    expect(await storedFor(id)).toBe(1);
  });

  it('keeps hooks apart that wait for a store that is slow', async () => {
    const [noisy, quiet] = [await makeToken(), await makeToken()];
    const inbox = house.module.get<HookInbox>(HOOK_INBOX);
    expect(await inbox.claimNewHooks(10_000)).not.toEqual([]);
    // A megabyte each: its share of the memory is full long before its rate is.
    const flood = await database.owner.transaction(async (manager) => {
      await manager.query('LOCK TABLE hook_inbox IN ACCESS EXCLUSIVE MODE');
      const begun = Array.from({ length: 20 }, () => bring(noisy.path, 'a'.repeat(1_048_576)));
      await eventually(() => house.meter.takes.includes('backlog_full'));
      return { begun, other: bring(quiet.path) };
    });
    const statuses = (await Promise.all(flood.begun)).map(({ statusCode }) => statusCode);
    expect([statuses.filter((status) => status === 200).length, (await flood.other).statusCode]).toEqual([16, 200]);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
  });
});
