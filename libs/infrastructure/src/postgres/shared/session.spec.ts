import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { publishEventJob } from '#application/shared/events/publish-event/publish-event.job.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { IDEMPOTENCY_STORE, type IdempotencyStore } from '#application/shared/ports/idempotency-store.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { currentSession, peekSession } from './session.js';
import { sqlStateOf } from './sql-state.js';
import { SystemSql } from './system-sql.js';

let database: TestDatabase;
let house: BusHouse;
let unitOfWork: UnitOfWork;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
  unitOfWork = house.module.get(UNIT_OF_WORK);
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});

describe('without a unit of work', () => {
  const calls: Record<string, () => Promise<unknown>> = {
    'an event': () => house.module.get<Outbox>(OUTBOX).publish([{ wireName: 'test.fact', payload: {} }]),
    'a job': () => {
      const payload = { workspaceId: house.workspaceId, eventId: '1', wireName: 'test.fact', event: {} };
      return house.module.get<Outbox>(OUTBOX).enqueue(publishEventJob, payload);
    },
    'an audit line': () => house.module.get<AuditTrail>(AUDIT_TRAIL).record({ entityType: 'test', entityId: '1' }),
    'an idempotency key': () =>
      house.module.get<IdempotencyStore>(IDEMPOTENCY_STORE).claim({ key: 'k', fingerprint: 'f' }),
  };
  it.each(Object.keys(calls))('%s is not written', async (what) => {
    await expect(house.as({}, calls[what]!)).rejects.toThrow('No transaction is open');
    // The same call is fine inside of one.
    await expect(house.as({}, () => unitOfWork.transact(calls[what]!))).resolves.not.toThrow();
  });

  it('no session is left over from an earlier one', async () => {
    const inside = await unitOfWork.transact(async () => peekSession());
    expect(inside).toBeDefined();
    expect(peekSession()).toBeUndefined();
  });
});

describe('a unit of work', () => {
  const insert = (name: string, workspaceId = house.workspaceId) =>
    currentSession().affected('INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, $2, 1)', [
      workspaceId,
      name,
    ]);

  it('lets nobody write into another workspace', async () => {
    const writing = house.as({}, () => unitOfWork.transact(() => insert('foreign', v7() as typeof house.workspaceId)));
    await expect(writing).rejects.toMatchObject({ code: '42501' });
  });

  it('joins the open one, also for reading', async () => {
    const seen = await house.as({}, () =>
      unitOfWork.transact(async () => {
        await insert('joined');
        return unitOfWork.read(() => currentSession().first(`SELECT next FROM copy_turns WHERE name = 'joined'`));
      }),
    );
    expect(seen).toEqual({ next: '1' });
  });

  it('lets nothing through that goes on after its end, when the connection may be another workspace’s', async () => {
    for (const open of [unitOfWork.transact.bind(unitOfWork), unitOfWork.read.bind(unitOfWork)]) {
      const session = await house.as({}, () =>
        open(async () => {
          await currentSession().rows('SELECT 1 AS one');
          return currentSession();
        }),
      );
      await expect(session.rows('SELECT 1 AS one')).rejects.toThrow('The unit of work has ended');
    }
  });

  it('reads only, when it was opened for reading', async () => {
    const writing = house.as({}, () => unitOfWork.read(() => insert('read')));
    await expect(writing).rejects.toMatchObject({ code: '25006' });
  });

  it('says so when a statement failed and nobody told', async () => {
    const swallowing = house.as({}, () =>
      unitOfWork.transact(() => insert('x'.repeat(3), 'no uuid' as never).catch(() => 0)),
    );
    await expect(swallowing).rejects.toThrow('had failed before its commit');
  });

  it('writes what was deferred with the commit, and nothing of it when that fails', async () => {
    const later = (value: unknown) =>
      currentSession().defer('INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, $2, $3)', [
        house.workspaceId,
        `later ${String(value)}`,
        value,
      ]);
    await house.as({}, () => unitOfWork.transact(async () => later(1)));
    const failing = house.as({}, () => unitOfWork.transact(async () => void (later(2), later('many'))));
    await expect(failing).rejects.toMatchObject({ code: '22P02' });
    const rows = await database.owner.query(`SELECT name FROM copy_turns WHERE name LIKE 'later%'`);
    expect(rows).toEqual([{ name: 'later 1' }]);
  });

  it('says what the error of a deferred statement means, and only of that one', async () => {
    const told = (next: unknown, means: string) =>
      currentSession().defer(
        'INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, $2, $3)',
        [house.workspaceId, `told ${String(next)}`, next],
        (error) => new Error(means, { cause: error }),
      );
    const first = house.as({}, () => unitOfWork.transact(async () => void (told('many', 'one'), told(2, 'two'))));
    await expect(first).rejects.toMatchObject({ message: 'one', cause: { code: '22P02' } });
    const second = house.as({}, () => unitOfWork.transact(async () => void (told(1, 'one'), told('many', 'two'))));
    await expect(second).rejects.toMatchObject({ message: 'two' });
    const behind = house.as({}, () =>
      unitOfWork.transact(async () => {
        told(3, 'three');
        await currentSession().rows('SELECT 1 / 0');
      }),
    );
    await expect(behind).rejects.toMatchObject({ code: '22012' });
    expect(await database.owner.query(`SELECT name FROM copy_turns WHERE name LIKE 'told%'`)).toEqual([]);
  });

  it('gives a connection back that comes when it has ended', async () => {
    const ended = Array.from({ length: 30 }, () =>
      house.as({}, () =>
        unitOfWork.transact(async () => {
          const late = currentSession().rows('SELECT 1 AS one');
          late.catch(() => undefined);
          throw new Error('at once');
        }),
      ),
    );
    for (const one of ended) await expect(one).rejects.toThrow('at once');
    const asked = Array.from({ length: 30 }, () => unitOfWork.read(() => currentSession().first('SELECT 1 AS one')));
    expect(await Promise.all(asked)).toHaveLength(30);
  });

  it('writes what was deferred before the next statement', async () => {
    const seen = await house.as({}, () =>
      unitOfWork.transact(async () => {
        currentSession().defer('INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, $2, 7)', [
          house.workspaceId,
          'before',
        ]);
        return currentSession().first(`SELECT next FROM copy_turns WHERE name = 'before'`);
      }),
    );
    expect(seen).toEqual({ next: '7' });
  });

  it('survives the loss of its connection: the work fails, the next one gets another', async () => {
    const pid = () => currentSession().first<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const cut = house.as({}, () =>
      unitOfWork.transact(async () => {
        await insert('cut');
        await database.owner.query('SELECT pg_terminate_backend($1)', [(await pid())?.pid]);
        return pid();
      }),
    );
    await expect(cut).rejects.toThrow();
    const pids = await Promise.all(Array.from({ length: 8 }, () => unitOfWork.read(pid)));
    expect(pids.every((row) => (row?.pid ?? 0) > 0)).toBe(true);
    expect(await database.owner.query(`SELECT * FROM copy_turns WHERE name = 'cut'`)).toEqual([]);
  });
});

describe('SystemSql', () => {
  it('acts as the system role, and rolls back what fails', async () => {
    const sql = house.module.get(SystemSql);
    expect(await sql.rows('SELECT current_user AS name')).toEqual([{ name: 'sdelka_system' }]);
    await database.owner.query(
      `INSERT INTO idempotency_keys (workspace_id, key, fingerprint) VALUES ($1, 'kept', 'f')`,
      [house.workspaceId],
    );
    const failing = sql.transact(async (session) => {
      expect(await session.affected(`DELETE FROM idempotency_keys WHERE key = 'kept'`)).toBe(1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await sql.rows(`SELECT key FROM idempotency_keys WHERE key = 'kept'`)).toHaveLength(1);
  });

  it('has only the privileges that migrations gave it', async () => {
    const sql = house.module.get(SystemSql);
    await expect(sql.rows('SELECT * FROM copy_items')).rejects.toMatchObject({ code: '42501' });
  });
});

describe('sqlStateOf', () => {
  it.each([
    ['pg’s error', { code: '40001' }, '40001'],
    ['TypeORM’s wrapper', { driverError: { code: '23505' } }, '23505'],
    ['a socket error', { code: 'ECONNRESET' }, undefined],
    ['a text', '40001', undefined],
    ['nothing', null, undefined],
  ])('reads %s', (_, error, expected) => {
    expect(sqlStateOf(error)).toBe(expected);
  });
});
