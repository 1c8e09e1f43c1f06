import { describe, expect, it } from '@jest/globals';
import { asId, type HookTokenId, type WorkspaceId } from '#domain/shared/ids.js';
import type { LiveHookToken } from '../ports/hook-tokens.js';
import { HookTokenCache } from './hook-token-cache.js';
import { LookUpFull } from './shared-look-up.js';

const live: LiveHookToken = {
  workspaceId: asId<WorkspaceId>('w'),
  tokenId: asId<HookTokenId>('t'),
  acceptedUntil: null,
};

const aCache = (answers: Record<string, LiveHookToken | Error>) => {
  const asked: (readonly string[])[] = [];
  const limits = { knownMs: 100, unknownMs: 10, maxEntries: 3, gatherMs: 1, maxHashes: 4, maxWaiting: 6 };
  const cache = new HookTokenCache(limits, async (hashes) => {
    asked.push(hashes);
    const found = new Map<string, LiveHookToken>();
    for (const hash of hashes) {
      const answer = answers[hash];
      if (answer instanceof Error) throw answer;
      if (answer) found.set(hash, answer);
    }
    return found;
  });
  return { cache, asked };
};

describe('HookTokenCache', () => {
  it('asks once for all who come together, and again when the answer is old', async () => {
    const { cache, asked } = aCache({ a: live });
    expect(await Promise.all([cache.get('a', 0), cache.get('b', 0), cache.get('a', 0)])).toEqual([live, null, live]);
    await cache.get('a', 99);
    expect(asked).toEqual([['a', 'b']]);
    await cache.get('a', 100);
    expect(asked).toEqual([['a', 'b'], ['a']]);
  });

  it('forgets sooner what it did not know', async () => {
    const { cache, asked } = aCache({});
    expect([await cache.get('a', 0), await cache.get('a', 9), await cache.get('a', 10)]).toEqual([null, null, null]);
    expect(asked).toEqual([['a'], ['a']]);
  });

  it('ends a replaced token on time', async () => {
    const { cache } = aCache({ a: { ...live, acceptedUntil: new Date(50) } });
    expect(await cache.get('a', 49)).toMatchObject({ tokenId: 't' });
    expect(await cache.get('a', 50)).toBeNull();
  });

  it('remembers no failure', async () => {
    const answers: Record<string, LiveHookToken | Error> = { a: new Error('gone') };
    const { cache } = aCache(answers);
    await expect(cache.get('a', 0)).rejects.toThrow('gone');
    answers.a = live;
    expect(await cache.get('a', 1)).toEqual(live);
  });

  it('keeps no more than its bound, and no guess drives out what is known', async () => {
    const { cache, asked } = aCache({ a: live });
    for (const hash of ['a', 'w', 'x', 'y', 'z']) await cache.get(hash, 0);
    asked.length = 0;
    for (const hash of ['z', 'a', 'w']) await cache.get(hash, 0);
    expect(asked).toEqual([['w']]);
  });

  it('looks a flood of guesses up together, turns away what is too much, and lets who was known go first', async () => {
    const { cache, asked } = aCache({ a: live });
    await cache.get('a', 0);
    asked.length = 0;
    const guesses = Array.from({ length: 8 }, (_, index) => cache.get(`guess-${index}`, 100));
    const known = cache.get('a', 100);
    const ends = await Promise.allSettled(guesses);
    expect(ends.map(({ status }) => status)).toEqual([...Array(6).fill('fulfilled'), 'rejected', 'rejected']);
    expect(ends.at(-1)).toMatchObject({ reason: expect.any(LookUpFull) });
    expect(await known).toEqual(live);
    expect(asked).toEqual([
      ['a', 'guess-0', 'guess-1', 'guess-2'],
      ['guess-3', 'guess-4', 'guess-5'],
    ]);
  });
});
