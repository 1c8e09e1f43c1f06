import { describe, expect, it } from '@jest/globals';
import { KeyedQueue } from './keyed-queue.js';

describe('KeyedQueue', () => {
  it('runs one key in order and other keys beside it, past failures, and keeps nothing', async () => {
    const queue = new KeyedQueue();
    const log: string[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((open) => (release = open));
    const first = queue.run('a', async () => {
      await gate;
      log.push('a1');
      throw new Error('a1 failed');
    });
    const second = queue.run('a', async () => log.push('a2'));
    await queue.run('b', async () => log.push('b1'));
    expect(log).toEqual(['b1']);
    release();
    await expect(first).rejects.toThrow('a1 failed');
    await second;
    expect(log).toEqual(['b1', 'a1', 'a2']);
    expect(queue.size).toBe(0);
  });
});
