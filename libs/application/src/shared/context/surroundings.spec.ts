import { describe, expect, it } from '@jest/globals';
import { Slot } from './surroundings.js';

const colour = new Slot<string>();
const size = new Slot<number>();
const seen = () => [colour.get(), size.get()];

describe('what surrounds a piece of work', () => {
  it('is nothing outside', () => {
    expect(seen()).toEqual([undefined, undefined]);
  });

  it('is the innermost value of each slot, whatever lies between', () => {
    const all = colour.run('red', () => [
      seen(),
      size.run(1, () => [seen(), colour.run('blue', () => [seen(), size.run(2, seen)]), seen()]),
      seen(),
    ]);
    expect(all).toEqual([
      ['red', undefined],
      [
        ['red', 1],
        [
          ['blue', 1],
          ['blue', 2],
        ],
        ['red', 1],
      ],
      ['red', undefined],
    ]);
  });

  it('goes along with promises, each piece of work with its own', async () => {
    const later = async () => {
      await Promise.resolve();
      return seen();
    };
    const [one, two] = await Promise.all([size.run(1, later), colour.run('red', () => size.run(2, later))]);
    expect([one, two, await later()]).toEqual([
      [undefined, 1],
      ['red', 2],
      [undefined, undefined],
    ]);
  });
});
