import { describe, expect, it } from '@jest/globals';
import { latch } from '#testing/bus/rendezvous.js';
import { eventually } from '#testing/eventually.js';
import { Stack } from './stack.js';

describe('Stack', () => {
  it('stops things in the opposite order, one after the other', async () => {
    const stack = new Stack();
    const log: string[] = [];
    for (const name of ['database', 'queue', 'api']) {
      stack.push(async () => {
        log.push(`${name} stops`);
        await Promise.resolve();
        log.push(`${name} stopped`);
      });
    }
    await stack.close();
    expect(log).toEqual([
      'api stops',
      'api stopped',
      'queue stops',
      'queue stopped',
      'database stops',
      'database stopped',
    ]);
  });

  it('stops the others, too, when one fails, and tells of all failures', async () => {
    const stack = new Stack();
    const log: string[] = [];
    stack.push(() => log.push('first'));
    stack.push(() => Promise.reject(new Error('later')));
    stack.push(() => {
      throw new Error('at once');
    });
    stack.push(() => log.push('last'));
    const failure = await stack.close().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AggregateError);
    expect((failure as AggregateError).errors.map(({ message }: Error) => message)).toEqual(['at once', 'later']);
    expect(log).toEqual(['last', 'first']);
  });

  it('stops each thing once', async () => {
    const stack = new Stack();
    let stops = 0;
    stack.push(() => stops++);
    await Promise.all([stack.close(), stack.close()]);
    await stack.close();
    expect(stops).toBe(1);
  });

  it('stops what is started while everything is being stopped before what it stands on, and waits for it', async () => {
    const stack = new Stack();
    const [stopping, go] = [latch(), latch()];
    const log: string[] = [];
    stack.push(() => log.push('database'));
    stack.push(async () => {
      stopping.open();
      await go.opened;
    });
    const closed = stack.close();
    await stopping.opened;
    stack.push(() => log.push('late'));
    go.open();
    await closed;
    expect(log).toEqual(['late', 'database']);
  });

  it('stops at once what is started after everything was stopped, even when that fails', async () => {
    const stack = new Stack();
    await stack.close();
    const log: string[] = [];
    stack.push(() => {
      log.push('too late');
      throw new Error('nobody hears this');
    });
    stack.push(() => log.push('later still'));
    await eventually(() => log.length === 2);
    expect(log).toEqual(['too late', 'later still']);
  });
});
