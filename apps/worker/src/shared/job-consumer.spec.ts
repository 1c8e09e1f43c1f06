import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { IsInt, IsUUID } from 'class-validator';
import { v7 } from 'uuid';
import { AppError, type ErrorKind } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { RequestContext } from '#application/shared/context/request-context.js';
import type { JobContract } from '#application/shared/jobs/job-contract.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { keptLog } from '#testing/bus/kept-log.js';
import { DoAsSystemCommand } from '#testing/bus/sample-messages.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { JobConsumer, JobRuntime, verdictOf } from './job-consumer.js';
import { WorkspaceSlots } from './workspace-slots.js';

class NumberedPayload {
  @IsUUID()
  workspaceId: WorkspaceId;

  @IsInt()
  n: number;
}

const ATTEMPTS = 3;
let database: TestDatabase;
let house: BusHouse;
let runtime: JobRuntime;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
  const { log } = keptLog();
  runtime = new JobRuntime(house.bus, house.module.get(CurrentContext), house.telemetry, log);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

/** What the two commands of the sample job do. */
let work: (payload: NumberedPayload) => Promise<unknown>;
let giveUp: (reason: { code: string; detail: string }) => Promise<unknown>;
let givenUp: { code: string; detail: string }[];
beforeEach(() => {
  givenUp = [];
  work = () => Promise.resolve();
  giveUp = async (reason) => givenUp.push(reason);
  house.telemetry.jobs.length = 0;
});

const contract: JobContract<NumberedPayload> = {
  name: 'test.numbered',
  version: 1,
  queue: 'test',
  payload: NumberedPayload,
  key: ({ n }) => `job-${n}`,
  attempts: ATTEMPTS,
  backoff: { kind: 'fixed', delayMs: 1 },
  keep: { doneHours: 1, failedDays: 1 },
  toCommand: (payload) => new DoAsSystemCommand(() => work(payload)),
  onExhausted: (_, reason) => new DoAsSystemCommand(() => giveUp(reason)),
};

class SampleConsumer extends JobConsumer {
  readonly queue = 'test';
  readonly concurrency = 1;
  readonly jobs = [contract as unknown as JobContract];
}

/** Just what a consumer asks of BullMQ's job. */
const aJob = (over: { name?: string; data?: unknown; attemptsMade?: number } = {}) => {
  const delayed: { at: number; token: string | undefined }[] = [];
  const job = {
    id: '1',
    name: 'test.numbered',
    attemptsMade: 0,
    data: { version: 1, correlationId: 'cause', payload: { workspaceId: house.workspaceId, n: 7 } },
    moveToDelayed: async (at: number, token?: string) => void delayed.push({ at, token }),
    ...over,
  };
  return { job: job as unknown as Job, delayed };
};
const process = ({ job }: ReturnType<typeof aJob>): Promise<unknown> =>
  new SampleConsumer(runtime).process(job, 'token').then(
    () => 'ok',
    (error: unknown) => error,
  );

type VerdictKind = ReturnType<typeof verdictOf>['kind'];

// Typed by every kind there is: a new one must be decided here.
const VERDICTS: Readonly<Record<ErrorKind, VerdictKind>> = {
  invalid: 'give_up',
  unauthenticated: 'give_up',
  forbidden: 'give_up',
  not_found: 'give_up',
  conflict: 'give_up',
  limit: 'give_up',
  too_large: 'give_up',
  unsupported: 'give_up',
  upstream_busy: 'wait',
  upstream_down: 'retry',
  upstream_revoked: 'give_up',
  internal: 'retry',
};
const anError = (kind: ErrorKind) =>
  new AppError({ code: `test.${kind}`, kind, title: kind }, { retryAfterMs: 30_000, detail: 'why' });
const EXPECTED = { give_up: UnrecoverableError, wait: DelayedError, retry: AppError };

describe('a job whose command fails', () => {
  it.each(Object.entries(VERDICTS) as [ErrorKind, VerdictKind][])('with %s: %s', async (kind, verdict) => {
    const error = anError(kind);
    work = () => Promise.reject(error);
    const job = aJob();
    const before = Date.now();
    const thrown = await process(job);

    expect(verdictOf(error).kind).toBe(verdict);
    expect(thrown).toBeInstanceOf(EXPECTED[verdict]);
    expect(givenUp).toEqual(verdict === 'give_up' ? [{ code: `test.${kind}`, detail: 'why' }] : []);
    expect(job.delayed).toHaveLength(verdict === 'wait' ? 1 : 0);
    for (const { at, token } of job.delayed) {
      expect(at - before).toBeGreaterThanOrEqual(30_000);
      expect(token).toBe('token');
    }
    expect(house.telemetry.jobs).toEqual([{ job: 'test.numbered', outcome: kind }]);
  });

  it('waits a second when nobody says how long', () => {
    const busy = new AppError({ code: 'test.busy', kind: 'upstream_busy', title: 'busy' });
    expect(verdictOf(busy)).toEqual({ kind: 'wait', delayMs: 1_000 });
  });

  it('is tried again after any other error, which is passed on as it is', async () => {
    const error = new TypeError('a bug');
    work = () => Promise.reject(error);
    expect(await process(aJob())).toBe(error);
    expect(givenUp).toEqual([]);
  });

  it('is recorded as given up with its last attempt, and not before', async () => {
    work = () => Promise.reject(anError('upstream_down'));
    expect(await process(aJob({ attemptsMade: ATTEMPTS - 2 }))).toBeInstanceOf(AppError);
    expect(givenUp).toEqual([]);
    expect(await process(aJob({ attemptsMade: ATTEMPTS - 1 }))).toBeInstanceOf(AppError);
    expect(givenUp).toEqual([{ code: 'test.upstream_down', detail: 'why' }]);
  });

  it('tells nothing of an internal error when it is given up', async () => {
    work = () => Promise.reject(new Error('secret'));
    await process(aJob({ attemptsMade: ATTEMPTS - 1 }));
    expect(givenUp).toEqual([{ code: 'shared.internal', detail: 'Internal error' }]);
  });

  it('is tried again when even giving up could not be recorded', async () => {
    work = () => Promise.reject(anError('invalid'));
    giveUp = () => Promise.reject(new Error('the database is away'));
    const thrown = await process(aJob());
    expect(thrown).not.toBeInstanceOf(UnrecoverableError);
    expect(thrown).toMatchObject({ message: 'the database is away' });
  });
});

describe('the context of a job', () => {
  it('is its payload’s workspace, the product itself, and the cause of the job', async () => {
    const seen: RequestContext[] = [];
    const see = async () => void seen.push(house.module.get(CurrentContext).get());
    work = async () => {
      await see();
      throw anError('invalid');
    };
    giveUp = see;
    await process(aJob());
    const context = { workspaceId: house.workspaceId, actor: { kind: 'system' }, correlationId: 'cause' };
    // The same for the command that records the end.
    expect(seen).toMatchObject([context, context]);
  });

  it('does not outlast the job', async () => {
    expect(await process(aJob())).toBe('ok');
    expect(house.module.get(CurrentContext).peek()).toBeUndefined();
    expect(house.telemetry.jobs).toEqual([{ job: 'test.numbered', outcome: 'ok' }]);
  });
});

describe('a job that cannot be read', () => {
  const envelope = (payload: unknown) => ({ version: 1, correlationId: 'cause', payload });
  const good = () => ({ workspaceId: v7(), n: 1 });
  it.each([
    ['a field of another type', () => envelope({ ...good(), n: 'seven' })],
    ['a missing field', () => envelope({ n: 1 })],
    ['a list', () => envelope([good()])],
    ['a text', () => envelope('payload')],
    ['no payload', () => envelope(undefined)],
    ['null for a payload', () => envelope(null)],
    ['no data at all', () => undefined],
    ['a text for data', () => 'data'],
  ])('because of %s is given up at once', async (_, data) => {
    let runs = 0;
    work = async () => runs++;
    expect(await process(aJob({ data: data() }))).toBeInstanceOf(UnrecoverableError);
    expect(runs).toBe(0);
  });

  it('names the fields that are wrong', async () => {
    const data = envelope({ workspaceId: 'here', n: 1.5 });
    expect(await process(aJob({ data }))).toMatchObject({
      message: 'Payload of test.numbered is not valid: workspaceId, n',
    });
  });

  it('is read without the fields that only a newer version knows', async () => {
    const seen: NumberedPayload[] = [];
    work = async (payload) => seen.push(payload);
    const payload = good();
    expect(await process(aJob({ data: envelope({ ...payload, ofTomorrow: true }) }))).toBe('ok');
    expect(seen.map((one) => ({ ...one }))).toEqual([payload]);
  });

  it('is given up at once when nobody knows its name', async () => {
    expect(await process(aJob({ name: 'test.of-tomorrow' }))).toBeInstanceOf(UnrecoverableError);
    expect(house.telemetry.jobs).toMatchObject([{ job: 'test.of-tomorrow' }]);
  });
});

describe('a workspace that holds its share of the hands', () => {
  class SharingConsumer extends SampleConsumer {
    protected override readonly slots = new WorkspaceSlots(2);
  }

  it('has its next job put back, no attempt spent, while the job of another workspace is taken', async () => {
    const consumer = new SharingConsumer(runtime);
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const seen: string[] = [];
    work = ({ workspaceId }) => (seen.push(workspaceId), done);
    const other = v7();
    const ofOther = { version: 1, correlationId: 'cause', payload: { workspaceId: other, n: 8 } };
    const [first, second, third] = [aJob(), aJob(), aJob({ data: ofOther })];
    const running = consumer.process(first.job, 'token');

    await expect(consumer.process(second.job, 'token')).rejects.toBeInstanceOf(DelayedError);
    expect(second.delayed).toEqual([{ at: expect.any(Number), token: 'token' }]);
    expect(house.telemetry.jobs.at(-1)).toMatchObject({ outcome: 'put_back' });
    const alsoRunning = consumer.process(third.job, 'token');
    finish();
    await Promise.all([running, alsoRunning]);
    expect(seen).toEqual([house.workspaceId, other]);
    await consumer.process(second.job, 'token');
    expect(seen).toHaveLength(3);
  });
});
