import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { v7 } from 'uuid';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type WorkspaceId } from '#domain/shared/ids.js';
import { RequestPasswordResetCommand } from '#application/identity/index.js';
import { composeMail, MAIL_CARE, type MailCare, MAILER, type Mailer, mailErrors } from '#application/mail/index.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { RequestContext } from '#application/shared/context/request-context.js';
import { type PublishedEvent, onEvent } from '#application/shared/events/subscriptions.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { JOB_QUEUE } from '#application/shared/ports/job-queue.js';
import { BullJobQueue } from '#infrastructure/queue/bull-job-queue.js';
import type { QueueBackend } from '#infrastructure/queue/queue-backend.js';
import { keptLog } from '#testing/bus/kept-log.js';
import { queueBackendOn } from '#testing/bus/queue-backend.js';
import { DoAsSystemCommand, DoCommand, SAMPLE_HANDLERS } from '#testing/bus/sample-messages.js';
import { eventually } from '#testing/eventually.js';
import { ADMIN, found, identityHouse, type IdentityHouse } from '#testing/identity-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { LostMailsSweeper } from '../mail/lost-mails.sweeper.js';
import { MailWorkerModule } from '../mail/mail-worker.module.js';
import { CONSUMER_SETTINGS, WORKER_FACTORY } from './consumers.js';
import { WorkerEdgeModule } from './worker-edge.module.js';
import { WORKER_LOGGER } from './worker-logger.js';

const HOUR_MS = 3_600_000;

const { log, lines } = keptLog();
let database: TestDatabase;
let house: IdentityHouse;
let backend: QueueBackend;
beforeAll(async () => {
  database = await testDatabase();
  backend = queueBackendOn({ postgres: database.url });
  const bindings = [
    { provide: WORKER_FACTORY, useValue: backend },
    { provide: JOB_QUEUE, useValue: new BullJobQueue(backend) },
    { provide: CONSUMER_SETTINGS, useValue: { stalledAfterMs: 5_000, shutdownGraceMs: 5_000 } },
    { provide: WORKER_LOGGER, useValue: log },
  ];
  @Global()
  @Module({ providers: [...SAMPLE_HANDLERS, ...bindings], exports: bindings.map(({ provide }) => provide) })
  class BindingsModule {}

  house = await identityHouse(database, [BindingsModule, WorkerEdgeModule, MailWorkerModule]);
});
afterAll(async () => {
  await house.module.close();
  await backend.close();
  await database.close();
});

describe('the worker edge', () => {
  it('tells an event’s subscribers once it is committed, in its workspace and with its cause', async () => {
    const told: { event: PublishedEvent; context: RequestContext }[] = [];
    onEvent(
      'test.heard',
      (event) =>
        new DoAsSystemCommand(async () => told.push({ event, context: house.module.get(CurrentContext).get() })),
    );
    const workspaceId = asId<WorkspaceId>(v7());
    const outbox = house.module.get<Outbox>(OUTBOX);
    const publish = (dealId: number, end: () => Promise<void>) =>
      house.as({ workspaceId, actor: { kind: 'system' }, correlationId: `cause-${dealId}` }, () =>
        house.bus.execute(
          new DoCommand(async () => {
            await outbox.publish([{ wireName: 'test.heard', payload: { dealId } }]);
            await end();
          }),
        ),
      );
    await expect(publish(1, () => Promise.reject(new Error('rolled back')))).rejects.toThrow('rolled back');
    await publish(2, () => Promise.resolve());

    await eventually(() => told.length > 0);
    expect(told).toMatchObject([
      {
        event: { wireName: 'test.heard', payload: { dealId: 2 } },
        context: { workspaceId, actor: { kind: 'system' }, correlationId: 'cause-2' },
      },
    ]);
    expect(lines).toEqual([]);
  });
});

describe('a mail', () => {
  const workspaceId = asId<WorkspaceId>(v7());
  const send = (to: string, livesMs = 60_000): Promise<unknown> =>
    house.as({ workspaceId, actor: { kind: 'system' } }, () =>
      house.bus.execute(
        new DoAsSystemCommand(async () => {
          const content = composeMail({ subject: 'Hello', paragraphs: ['There'] });
          const expiresAt = new Date(house.clock.now().getTime() + livesMs);
          await house.module.get<Mailer>(MAILER).send({ to, kind: 'test.mail', content, expiresAt });
        }),
      ),
    );

  it('is handed to the mail server by a worker', async () => {
    await send('ivan@example.org');
    await eventually(() => house.mailBox.mails.length > 0);
    expect(house.mailBox.mails.map(({ to }) => to)).toEqual(['ivan@example.org']);
  });

  it('with a link to a new password is written and sent by a worker; nobody else gets one', async () => {
    await found(house);
    for (const email of ['nobody@example.org', ADMIN.email])
      await house.as({}, () => house.bus.execute(new RequestPasswordResetCommand(email)));
    const mail = await eventually(() => house.mailBox.mails.find(({ to }) => to === ADMIN.email));
    expect(mail.content.text).toContain('/reset/');
    const waiting = async () =>
      (await database.owner.query<object[]>('SELECT FROM outbox WHERE handed_at IS NULL')).length;
    await eventually(async () => (await waiting()) === 0);
    expect(house.mailBox.mails.filter(({ to }) => to === 'nobody@example.org')).toEqual([]);
  });

  it('is given up at once when the server refuses it for good', async () => {
    house.mailBox.trouble = new AppError(mailErrors['mail.refused']);
    await send('nobody@example.org');
    await eventually(async () => {
      const mails = await database.owner.query<object[]>(
        `SELECT state, attempts, last_error FROM outgoing_mails WHERE recipient = 'nobody@example.org'`,
      );
      expect(mails).toEqual([{ state: 'dead', attempts: 1, last_error: 'mail.refused' }]);
      return true;
    });
  });

  it('whose job went with the queue is sent all the same, in its next run', async () => {
    const to = 'patient@example.org';
    const row = async () => {
      const sql = `SELECT state, attempts, run FROM outgoing_mails WHERE recipient = $1`;
      return (await database.owner.query<object[]>(sql, [to]))[0];
    };
    house.mailBox.trouble = new AppError(mailErrors['mail.unavailable']);
    await send(to, 2 * HOUR_MS);
    const tried = { state: 'queued', attempts: 1, run: 1 };
    await eventually(async () => JSON.stringify(await row()) === JSON.stringify(tried));
    house.mailBox.trouble = null;
    const queue = backend.queue('mail');
    await queue.obliterate({ force: true });
    await queue.close();
    const sweeper = new LostMailsSweeper(
      house.module.get<MailCare>(MAIL_CARE),
      { stalledAfterMs: 10, shutdownGraceMs: 0 },
      log,
      house.bus,
      house.module.get(CurrentContext),
      house.clock,
    );
    sweeper.onApplicationBootstrap();
    try {
      // Its next try is not long past yet: the job may still be there.
      expect(await row()).toEqual(tried);
      house.clock.advance(HOUR_MS);
      await eventually(() => house.mailBox.mails.some((mail) => mail.to === to));
    } finally {
      await sweeper.beforeApplicationShutdown();
    }
    await eventually(async () => JSON.stringify(await row()) === JSON.stringify({ ...tried, state: 'sent', run: 2 }));
    expect(house.mailBox.mails.filter((mail) => mail.to === to)).toHaveLength(1);
  });
});
