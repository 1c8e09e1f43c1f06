import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import type { Actor } from '#application/shared/context/request-context.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { currentSession } from '#infrastructure/postgres/shared/session.js';
import { aUser, busHouse, type BusHouse } from '#testing/bus/bus-house.js';
import {
  AskQuery,
  DoAloneCommand,
  DoAsSystemCommand,
  DoCommand,
  DoPubliclyCommand,
  type Work,
} from '#testing/bus/sample-messages.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';

let database: TestDatabase;
let house: BusHouse;
let isOpen: () => boolean;
beforeAll(async () => {
  database = await testDatabase();
  house = await busHouse(database);
  const unitOfWork = house.module.get<UnitOfWork>(UNIT_OF_WORK);
  isOpen = () => unitOfWork.isOpen();
});
afterAll(async () => {
  await house.module.close();
  await database.close();
});
beforeEach(() => {
  house.telemetry.messages.length = 0;
});

const say = (): Promise<unknown> => Promise.resolve('done');

describe('who may send what', () => {
  const actors: Record<string, Actor> = {
    anonymous: { kind: 'anonymous' },
    hook: { kind: 'hook', id: v7() },
    system: { kind: 'system' },
    'a user with the permission': aUser(['deals:copy']),
    'a user with all others': aUser(['deals:read', 'crm:manage', 'workspace:manage']),
  };
  const messages: Record<string, new (work: Work) => DoCommand> = {
    public: DoPubliclyCommand,
    system: DoAsSystemCommand,
    'deals:copy': DoCommand,
  };
  it.each([
    ['anonymous', 'public', 'done'],
    ['anonymous', 'system', 'shared.unauthenticated'],
    ['anonymous', 'deals:copy', 'shared.unauthenticated'],
    ['hook', 'public', 'done'],
    ['hook', 'system', 'shared.forbidden'],
    ['hook', 'deals:copy', 'shared.forbidden'],
    ['system', 'public', 'done'],
    ['system', 'system', 'done'],
    ['system', 'deals:copy', 'done'],
    ['a user with the permission', 'public', 'done'],
    ['a user with the permission', 'system', 'shared.forbidden'],
    ['a user with the permission', 'deals:copy', 'done'],
    ['a user with all others', 'system', 'shared.forbidden'],
    ['a user with all others', 'deals:copy', 'shared.forbidden'],
  ])('%s sends a message for %s: %s', async (actor, requires, expected) => {
    const message = new messages[requires]!(say);
    const outcome = await house
      .as({ actor: actors[actor] }, () => house.bus.execute(message))
      .catch(({ code }: { code: string }) => code);
    expect(outcome).toBe(expected);
  });

  it('holds for queries too', async () => {
    const ask = (actor: Actor) => house.as({ actor }, () => house.bus.ask(new AskQuery(say)));
    expect(await ask(aUser(['deals:read']))).toBe('done');
    await expect(ask(aUser(['deals:copy']))).rejects.toMatchObject({
      code: 'shared.forbidden',
      details: { requires: 'deals:read' },
    });
    await expect(ask({ kind: 'anonymous' })).rejects.toMatchObject({ code: 'shared.unauthenticated' });
  });
});

describe('the order of the behaviours', () => {
  const idempotency = { key: 'order', fingerprint: 'a' };
  const keys = (sql = 'SELECT key, result FROM idempotency_keys') =>
    database.owner.query<{ key: string; result: unknown }[]>(sql);

  it('measures first: a message outside of any context is counted and refused', async () => {
    await expect(house.bus.execute(new DoPubliclyCommand(say))).rejects.toThrow('No request context');
    expect(house.telemetry.messages).toEqual([{ message: 'DoPubliclyCommand', outcome: 'internal' }]);
  });

  it('authorises before it touches the database: a refused command claims no key', async () => {
    let opened = false;
    const work = async () => (opened = true);
    const refused = house.as({ actor: aUser([]), idempotency }, () => house.bus.execute(new DoCommand(work)));
    await expect(refused).rejects.toMatchObject({ code: 'shared.forbidden' });
    expect({ opened, keys: await keys() }).toEqual({ opened: false, keys: [] });
    expect(house.telemetry.messages).toEqual([{ message: 'DoCommand', outcome: 'forbidden' }]);
  });

  it('claims the key inside the transaction, before the handler, and stores the result after it', async () => {
    const seen: unknown[] = [];
    const work = async () => {
      const mine = await currentSession().rows('SELECT key, result FROM idempotency_keys');
      seen.push({ open: isOpen(), mine, others: await keys() });
      return { id: 7 };
    };
    await house.as({ idempotency }, () => house.bus.execute(new DoCommand(work)));
    expect(seen).toEqual([{ open: true, mine: [{ key: 'order', result: null }], others: [] }]);
    expect(await keys()).toEqual([{ key: 'order', result: { id: 7 } }]);
    expect(house.telemetry.messages).toEqual([{ message: 'DoCommand', outcome: 'ok' }]);
  });

  it('opens no transaction for a command that opens its own', async () => {
    const open = await house.as({}, () => house.bus.execute(new DoAloneCommand(async () => isOpen())));
    expect(open).toBe(false);
  });

  it('tells the workspace and the person to the database, and forgets both afterwards', async () => {
    const ask = async () =>
      currentSession().first(
        `SELECT current_setting('app.workspace_id', true) AS workspace, current_setting('app.user_id', true) AS person`,
      );
    const told = await house.as({}, () => house.bus.execute(new DoCommand(ask)));
    expect(told).toEqual({ workspace: house.workspaceId, person: house.userId });
    const system = { workspaceId: null, actor: { kind: 'system' } } as const;
    const untold = await Promise.all(
      Array.from({ length: 6 }, () => house.as(system, () => house.bus.execute(new DoCommand(ask)))),
    );
    expect(untold).toEqual(Array(6).fill({ workspace: '', person: '' }));
  });
});

describe('a query', () => {
  it('runs in a read-only transaction: a write inside fails and leaves nothing', async () => {
    const write = () =>
      currentSession().affected(`INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, 'query', 1)`, [
        house.workspaceId,
      ]);
    await expect(house.as({}, () => house.bus.ask(new AskQuery(write)))).rejects.toMatchObject({ code: '25006' });
    expect(await database.owner.query(`SELECT * FROM copy_turns WHERE name = 'query'`)).toEqual([]);
    // The same statement is fine in a command.
    expect(await house.as({}, () => house.bus.execute(new DoCommand(write)))).toBe(1);
  });
});
