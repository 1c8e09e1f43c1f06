import { afterEach, describe, expect, it } from '@jest/globals';
import { SweepFilesCommand } from '#application/clients/index.js';
import type { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { keptLog } from '#testing/bus/kept-log.js';
import { eventually } from '#testing/eventually.js';
import { FilesSweeper } from './files.sweeper.js';

/** What was asked of the product, oldest first. */
let asked: string[] = [];
/** How many turns in a row find more to do. */
let turnsWithMore = 0;

// Its turns are what is tested, not what they ask for: that has tests of its own.
const bus = {
  execute: async (command: object) => {
    const isFiles = command instanceof SweepFilesCommand;
    asked.push(isFiles ? 'files' : 'strays');
    return isFiles ? { removed: 1, more: asked.filter((what) => what === 'files').length <= turnsWithMore } : 2;
  },
} as unknown as AppBus;

let sweeper: FilesSweeper | undefined;
afterEach(() => sweeper?.beforeApplicationShutdown());

const sweep = (more: number) => {
  [asked, turnsWithMore] = [[], more];
  const kept = keptLog();
  sweeper = new FilesSweeper(kept.log, bus, new CurrentContext());
  sweeper.onApplicationBootstrap();
  return kept;
};

describe('FilesSweeper', () => {
  it('goes on at once while there is more to remove, and rests then', async () => {
    const { lines } = sweep(3);
    await eventually(() => asked.length >= 4);
    await sweeper?.beforeApplicationShutdown();
    expect(asked).toEqual(['files', 'files', 'files', 'files']);
    expect(lines).toEqual([]);
  });

  it('looks for contents that no row knows in the thirtieth turn, and says how many it removed', async () => {
    const { lines } = sweep(40);
    await eventually(() => asked.length >= 42);
    await sweeper?.beforeApplicationShutdown();
    expect(asked.indexOf('strays')).toBe(29);
    expect(asked.filter((what) => what === 'strays')).toHaveLength(1);
    expect(lines).toMatchObject([{ removed: 2 }]);
  });
});
