import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { found, type IdentityHouse, identityHouse } from '#testing/identity-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../shared/ports/unit-of-work.js';
import { BuryMailCommand, composeMail, DeliverMailCommand, MAILER, type Mailer } from './index.js';

let database: TestDatabase;
let house: IdentityHouse;
let workspaceId: WorkspaceId;
beforeAll(async () => {
  database = await testDatabase();
  house = await identityHouse(database);
  workspaceId = await found(house);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(async () => {
  await database.owner.query('DELETE FROM outgoing_mails');
  await database.owner.query('DELETE FROM outbox');
  house.mailBox.mails.length = 0;
  house.mailBox.trouble = null;
});

const SECRET = 'a-secret-of-256-bits';
const asSystem = <T>(work: () => Promise<T>) => house.as({ workspaceId, actor: { kind: 'system' } }, work);

const send = (fail = false): Promise<string> =>
  asSystem(() =>
    house.module.get<UnitOfWork>(UNIT_OF_WORK).transact(async () => {
      const id = await house.module.get<Mailer>(MAILER).send({
        to: 'ivan@example.org',
        kind: 'test.mail',
        content: composeMail({ subject: 'Hello', paragraphs: [`https://crm.example.com/invite/${SECRET}`] }),
        expiresAt: new Date(house.clock.now().getTime() + 3_600_000),
      });
      if (fail) throw new Error('the change failed');
      return id;
    }),
  );

const rows = () =>
  database.owner.query<Record<string, unknown>[]>(
    'SELECT id, state, sealed, attempts, last_error, run FROM outgoing_mails',
  );
const deliver = (id: string, run = 1) => asSystem(() => house.bus.execute(new DeliverMailCommand(id, run)));
const bury = (id: string, code: string, run = 1) =>
  asSystem(() => house.bus.execute(new BuryMailCommand(id, run, code)));

describe('a mail', () => {
  it('leaves with the change that caused it, or not at all', async () => {
    await expect(send(true)).rejects.toThrow('the change failed');
    expect(await rows()).toEqual([]);
    const id = await send();
    const [job] = await database.owner.query<Record<string, unknown>[]>('SELECT name, payload FROM outbox');
    expect(job).toEqual({ name: 'mail.deliver', payload: { workspaceId, mailId: id, run: 1 } });
  });

  it('is sealed while it waits, and its contents are forgotten once it is sent', async () => {
    const id = await send();
    const [waiting] = await rows();
    expect(waiting).toMatchObject({ state: 'queued', attempts: 0 });
    expect(JSON.stringify(waiting)).not.toContain(SECRET);
    await deliver(id);
    expect(house.mailBox.last('ivan@example.org').content.text).toContain(SECRET);
    expect(await rows()).toEqual([{ id, state: 'sent', sealed: null, attempts: 1, last_error: null, run: 1 }]);
  });

  it('is sent once, however often its job runs', async () => {
    const id = await send();
    for (let again = 0; again < 3; again++) await deliver(id);
    expect(house.mailBox.mails).toHaveLength(1);
  });

  it('waits for the next try, with the reason, when the server does not take it', async () => {
    const id = await send();
    house.mailBox.trouble = new AppError(mailErrors['mail.unavailable']);
    await expect(deliver(id)).rejects.toMatchObject({ code: 'mail.unavailable', kind: 'upstream_down' });
    expect(await rows()).toMatchObject([{ state: 'queued', attempts: 1, last_error: 'mail.unavailable' }]);
    house.mailBox.trouble = null;
    await deliver(id);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }]);
  });

  it('that was given up is kept and shown, and its old job does nothing more', async () => {
    const id = await send();
    await bury(id, 'mail.refused', 2);
    expect(await rows()).toMatchObject([{ state: 'queued' }]);
    await bury(id, 'mail.refused');
    await deliver(id);
    expect(house.mailBox.mails).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'dead', last_error: 'mail.refused' }]);
  });

  it('is not sent any more when what it says has expired', async () => {
    const id = await send();
    house.clock.advance(3_600_000);
    await expect(deliver(id)).rejects.toMatchObject({ code: 'mail.expired', kind: 'invalid' });
    expect(house.mailBox.mails).toEqual([]);
  });

  it('is unknown to other workspaces', async () => {
    const id = await send();
    const other = '01890000-0000-7000-8000-00000000000f' as WorkspaceId;
    await house.as({ workspaceId: other, actor: { kind: 'system' } }, () =>
      house.bus.execute(new DeliverMailCommand(id, 1)),
    );
    expect(house.mailBox.mails).toEqual([]);
  });
});
