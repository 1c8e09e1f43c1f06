import { describe, expect, it } from '@jest/globals';
import { FilterMemory } from './filter-memory.js';

describe('FilterMemory', () => {
  it('keeps what it learnt by account and list, and forgets it after an hour', () => {
    let now = 0;
    const memory = new FilterMemory(() => now);
    memory.learnIdsPerRequest('a', '/tasks', 60);
    memory.learnFiltersOff('a');

    expect(memory.idsPerRequest('a', '/tasks')).toBe(60);
    expect(memory.idsPerRequest('a', '/notes')).toBe(250);
    expect(memory.idsPerRequest('b', '/tasks')).toBe(250);
    expect([memory.areFiltersOff('a'), memory.areFiltersOff('b')]).toEqual([true, false]);

    now = 3_600_001;
    expect(memory.idsPerRequest('a', '/tasks')).toBe(250);
    expect(memory.areFiltersOff('a')).toBe(false);
  });
});
