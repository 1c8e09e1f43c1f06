import { describe, expect, it } from '@jest/globals';
import { keptLog } from '#testing/bus/kept-log.js';
import { latch } from '#testing/bus/rendezvous.js';
import { eventually } from '#testing/eventually.js';
import { Loop } from './loop.js';

const FOR_EVER_MS = 1_000_000;

const aLoop = (turn: () => Promise<boolean>, idleMs = FOR_EVER_MS) => {
  const { log, lines } = keptLog();
  return { loop: new Loop({ name: 'test', idleMs, log, turn }), lines };
};

describe('Loop', () => {
  it('goes on at once while there is more, and pauses when there is not', async () => {
    const paused = latch();
    let turns = 0;
    const { loop } = aLoop(async () => {
      turns++;
      if (turns === 5) paused.open();
      return turns < 5;
    });
    loop.start();
    await paused.opened;
    await loop.stop();
    expect(turns).toBe(5);
  });

  it('takes its next turn after the pause', async () => {
    let turns = 0;
    const { loop } = aLoop(async () => {
      turns++;
      return false;
    }, 5);
    loop.start();
    await eventually(() => turns >= 3);
    await loop.stop();
    const after = turns;
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBe(after);
  });

  it('ends a pause when it is stopped', async () => {
    let turns = 0;
    const { loop, lines } = aLoop(async () => {
      turns++;
      return false;
    });
    loop.start();
    await eventually(() => turns === 1);
    // Would take a quarter of an hour otherwise.
    await loop.stop();
    expect({ turns, lines }).toEqual({ turns: 1, lines: [] });
  });

  it('lets the running turn end when it is stopped, and begins no other', async () => {
    const [begun, finish] = [latch(), latch()];
    const ended: string[] = [];
    let turns = 0;
    const { loop } = aLoop(async () => {
      turns++;
      begun.open();
      await finish.opened;
      ended.push('turn');
      return true;
    });
    loop.start();
    await begun.opened;
    const stopped = loop.stop().then(() => ended.push('loop'));
    finish.open();
    await stopped;
    expect({ turns, ended }).toEqual({ turns: 1, ended: ['turn', 'loop'] });
  });

  it('outlives failing turns, with pauses that grow until one succeeds', async () => {
    const failedAt: number[] = [];
    let turns = 0;
    const { loop, lines } = aLoop(async () => {
      turns++;
      if (turns === 4) return true;
      if (turns === 6) return false;
      failedAt.push(performance.now());
      throw new Error(`turn ${turns}`);
    });
    loop.start();
    await eventually(() => turns === 6);
    await loop.stop();
    expect(lines.map(({ loop: name, err }) => [name, (err as Error).message])).toEqual([
      ['test', 'turn 1'],
      ['test', 'turn 2'],
      ['test', 'turn 3'],
      ['test', 'turn 5'],
    ]);
    const [first, second, third, fourth] = failedAt as [number, number, number, number];
    // Timers may fire a millisecond early.
    expect(second - first).toBeGreaterThanOrEqual(199);
    expect(third - second).toBeGreaterThanOrEqual(399);
    expect(fourth - third).toBeGreaterThanOrEqual(799);
  });

  it('ends the pause after a failure, too, when it is stopped', async () => {
    let turns = 0;
    const { loop } = aLoop(() => {
      turns++;
      return Promise.reject(new Error('no'));
    });
    loop.start();
    await eventually(() => turns === 1);
    await loop.stop();
    expect(turns).toBe(1);
  });
});
