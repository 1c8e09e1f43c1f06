import { describe, expect, it } from '@jest/globals';
import { HashingQueue } from './hashing-queue.js';

describe('HashingQueue', () => {
  it('runs so many at once, keeps so many waiting in order, sends the rest away, and recovers', async () => {
    const queue = new HashingQueue(2, 3);
    const started: number[] = [];
    const ends: (() => void)[] = [];
    const runs = Array.from({ length: 7 }, (_, number) =>
      queue.run(() => {
        started.push(number);
        return new Promise<number>((resolve) => ends.push(() => resolve(number)));
      }),
    );
    const outcomes = Promise.allSettled(runs);
    await expect(runs[5]).rejects.toMatchObject({ code: 'identity.busy', kind: 'upstream_busy', retryAfterMs: 1_000 });
    await expect(runs[6]).rejects.toMatchObject({ code: 'identity.busy' });
    expect(started).toEqual([0, 1]);
    for (let number = 0; number < 5; number++) {
      ends[number]?.();
      await runs[number];
      await Promise.resolve();
    }
    expect(started).toEqual([0, 1, 2, 3, 4]);
    expect((await outcomes).filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(queue.run(() => Promise.resolve('again'))).resolves.toBe('again');
  });

  it('gives a place back when the work fails', async () => {
    const queue = new HashingQueue(1, 0);
    await expect(queue.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(queue.run(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
