import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HookTakings, ProcessTaking } from '../ports/hook-takings.js';
import { RateExchange } from './rate-exchange.js';
import { SenderRate, type SenderRateLimits } from './sender-rate.js';

/** The table in memory. */
class Board implements HookTakings {
  rows: ProcessTaking[] = [];
  isAway = false;
  asked = 0;

  exchange(processId: string, takings: readonly { tokenId: string; count: number }[]) {
    if (this.isAway) return Promise.reject(new Error('away'));
    this.asked++;
    for (const { tokenId, count } of takings) {
      const own = this.rows.find((row) => row.processId === processId && row.tokenId === tokenId);
      this.rows = this.rows.filter((row) => row !== own);
      this.rows.push({ processId, tokenId, taken: (own?.taken ?? 0) + count });
    }
    return Promise.resolve(this.rows.filter((row) => row.processId !== processId));
  }
}

const someProcesses = (count: number, limits: SenderRateLimits) => {
  const board = new Board();
  const time = { ms: 1_000_000 };
  const clock = { now: () => new Date(time.ms) };
  const processes = Array.from({ length: count }, (_, n) => {
    const rate = new SenderRate(limits);
    const exchange = new RateExchange(rate, board, clock, { next: () => `process ${n}`, secret: () => '' });
    const bring = (hooks: number) =>
      Array.from({ length: hooks }, () => rate.take('t', time.ms)).filter((waitMs) => waitMs === 0).length;
    return { exchange, bring };
  });
  return { board, time, processes };
};

describe('processes that exchange what they took', () => {
  it('count what the others took as their own', async () => {
    const { processes, time } = someProcesses(2, { perSecond: 10, burst: 30 });
    const [a, b] = processes;
    for (const { bring, exchange } of processes) {
      expect(bring(1)).toBe(1);
      await exchange.run();
    }
    expect(a!.bring(50)).toBe(29);
    await a!.exchange.run();
    await b!.exchange.run();
    expect(b!.bring(50)).toBe(0);
    time.ms += 1_000;
    expect(b!.bring(50)).toBe(10);
  });

  it('owe nothing for what was taken before they looked for the first time, or after they were idle', async () => {
    const { processes, time } = someProcesses(2, { perSecond: 10, burst: 30 });
    const [a, b] = processes;
    a!.bring(30);
    await a!.exchange.run();
    expect(b!.bring(1)).toBe(1);
    await b!.exchange.run();
    expect(b!.bring(50)).toBe(29);
    for (let second = 0; second < 120; second++) {
      time.ms += 1_000;
      a!.bring(10);
      await a!.exchange.run();
      await b!.exchange.run();
    }
    expect(b!.bring(1)).toBe(1);
    await b!.exchange.run();
    expect(b!.bring(50)).toBe(29);
  });

  it('ask nobody while nothing comes', async () => {
    const { processes, board, time } = someProcesses(1, { perSecond: 10, burst: 30 });
    const [a] = processes;
    await a!.exchange.run();
    expect(board.asked).toBe(0);
    a!.bring(1);
    await a!.exchange.run();
    time.ms += 61_000;
    await a!.exchange.run();
    expect(board.asked).toBe(1);
  });

  it('tell the next time what they could not tell', async () => {
    const { processes, board } = someProcesses(2, { perSecond: 10, burst: 30 });
    const [a, b] = processes;
    for (const { bring, exchange } of processes) {
      bring(1);
      await exchange.run();
    }
    a!.bring(10);
    board.isAway = true;
    await expect(a!.exchange.run()).rejects.toThrow('away');
    expect(a!.bring(50)).toBe(19);
    board.isAway = false;
    await a!.exchange.run();
    await b!.exchange.run();
    expect(b!.bring(50)).toBe(0);
  });

  it('see through a row that was forgotten and begun anew', async () => {
    const { processes, board } = someProcesses(2, { perSecond: 10, burst: 30 });
    const [a, b] = processes;
    for (const { bring, exchange } of processes) {
      bring(10);
      await exchange.run();
    }
    board.rows = board.rows.filter(({ processId }) => processId !== 'process 0');
    a!.bring(5);
    await a!.exchange.run();
    await b!.exchange.run();
    expect(b!.bring(50)).toBe(15);
  });

  it('take together, in the long run, what one process would', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 10, max: 60 }),
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 }),
        async (count, perSecond, burst, loads) => {
          const { processes, time } = someProcesses(count, { perSecond, burst });
          const seconds = 40;
          let took = 0;
          for (let step = 0; step < seconds * 4; step++) {
            for (const [n, { bring }] of processes.entries()) took += bring(loads[n % loads.length] ?? 0);
            time.ms += 250;
            if (step % 4 === 3) for (const { exchange } of processes) await exchange.run();
          }
          // Each may be ahead of the others by a burst, by what it took between two exchanges, and by what is too little to tell.
          const ahead = count * (burst + 2 * perSecond);
          expect(took).toBeLessThanOrEqual(ahead + seconds * perSecond);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('take no less than one process would, when one of them gets everything', async () => {
    const { processes, time } = someProcesses(3, { perSecond: 10, burst: 30 });
    const [a] = processes;
    let took = 0;
    for (let second = 0; second < 60; second++) {
      took += a!.bring(100);
      for (const { exchange } of processes) await exchange.run();
      time.ms += 1_000;
    }
    expect(took).toBe(30 + 59 * 10);
  });
});
