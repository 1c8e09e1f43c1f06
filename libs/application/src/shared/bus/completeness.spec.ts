import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Provider } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { compileBus } from '#testing/bus/bus-house.js';
import { DoCommand, SAMPLE_HANDLERS } from '#testing/bus/sample-messages.js';
import { testDatabase, type TestDatabase } from '#testing/postgres.js';
import { findBusFaults } from './completeness.js';

class OpenCommand extends Command<void> {}

@CommandHandler(OpenCommand)
class OpenHandler implements ICommandHandler<OpenCommand> {
  execute(): Promise<void> {
    return Promise.resolve();
  }
}

@CommandHandler(DoCommand)
class SecondDoHandler implements ICommandHandler<DoCommand> {
  execute(): Promise<void> {
    return Promise.resolve();
  }
}

describe('findBusFaults', () => {
  it('finds nothing in a whole set', () => {
    expect(findBusFaults([{ message: DoCommand, handler: 'DoHandler' }], [DoCommand])).toEqual([]);
  });

  it('takes one handler that is listed twice for one', () => {
    const handled = { message: DoCommand, handler: 'DoHandler' };
    expect(findBusFaults([handled, handled], [DoCommand])).toEqual([]);
  });

  it('names every message without a handler, with several, and without a permission', () => {
    const handled = [
      { message: OpenCommand, handler: 'OpenHandler' },
      { message: OpenCommand, handler: 'OtherHandler' },
    ];
    expect(findBusFaults(handled, [DoCommand])).toEqual([
      'DoCommand has no handler',
      'OpenCommand has several handlers: OpenHandler, OtherHandler',
      'OpenCommand declares no @Permission',
    ]);
  });
});

describe('the start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  const start = async (handlers: Provider[]) => {
    const module = await compileBus(database, handlers);
    try {
      await module.init();
    } finally {
      await module.close();
    }
  };

  it('succeeds with a handler and a permission for every message', async () => {
    await expect(start(SAMPLE_HANDLERS)).resolves.toBeUndefined();
  });

  it.each([
    ['a message has no handler', SAMPLE_HANDLERS.slice(1), 'DoCommand has no handler'],
    [
      'a message has two handlers',
      [...SAMPLE_HANDLERS, SecondDoHandler],
      'DoCommand has several handlers: DoHandler, SecondDoHandler',
    ],
    ['a message has no permission', [...SAMPLE_HANDLERS, OpenHandler], 'OpenCommand declares no @Permission'],
  ])('is refused when %s', async (_, handlers, fault) => {
    await expect(start(handlers)).rejects.toThrow(`The bus is not complete:\n${fault}`);
  });
});
