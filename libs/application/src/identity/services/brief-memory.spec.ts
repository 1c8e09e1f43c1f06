import { describe, expect, it } from '@jest/globals';
import { BriefMemory } from './brief-memory.js';

const aMemory = () => {
  const asked: string[] = [];
  const answers: Record<string, () => Promise<string>> = {};
  const memory = new BriefMemory<string>({ ms: 100, maxEntries: 2 }, (key) => {
    asked.push(key);
    return answers[key]?.() ?? Promise.resolve(`${key}${asked.length}`);
  });
  return { memory, asked, answers };
};

describe('BriefMemory', () => {
  it('asks once for all who come within its time, and then again', async () => {
    const { memory, asked } = aMemory();
    expect(await Promise.all([memory.get('a', 0), memory.get('a', 0), memory.get('a', 99)])).toEqual([
      'a1',
      'a1',
      'a1',
    ]);
    expect(await memory.get('a', 100)).toBe('a2');
    expect(asked).toEqual(['a', 'a']);
  });

  it('remembers no failure', async () => {
    const { memory, answers } = aMemory();
    answers['a'] = () => Promise.reject(new Error('away'));
    await expect(memory.get('a', 0)).rejects.toThrow('away');
    delete answers['a'];
    expect(await memory.get('a', 1)).toBe('a2');
  });

  it('keeps nothing that was asked before it was told to forget', async () => {
    const { memory, answers } = aMemory();
    let answer = (_: string): void => undefined;
    answers['a'] = () => new Promise((resolve) => (answer = resolve));
    const early = memory.get('a', 0);
    memory.forget('a');
    answer('old');
    expect(await early).toBe('old');
    delete answers['a'];
    expect(await memory.get('a', 1)).toBe('a2');
  });

  it('keeps no more than its bound', async () => {
    const { memory, asked } = aMemory();
    for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await memory.get(key, 0);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
