import { describe, expect, it } from '@jest/globals';
import { asId, type HookTokenId, type WorkspaceId } from '#domain/shared/ids.js';
import type { LiveHookToken } from '../ports/hook-tokens.js';
import { HookTokenCache } from './hook-token-cache.js';

const live: LiveHookToken = {
  workspaceId: asId<WorkspaceId>('w'),
  tokenId: asId<HookTokenId>('t'),
  acceptedUntil: null,
};

const aCache = (answers: Record<string, LiveHookToken | Error>) => {
  const asked: string[] = [];
  const cache = new HookTokenCache({ knownMs: 100, unknownMs: 10, maxEntries: 3 }, async (hash) => {
    asked.push(hash);
    const answer = answers[hash];
    if (answer instanceof Error) throw answer;
    return answer ?? null;
  });
  return { cache, asked };
};

describe('HookTokenCache', () => {
  it('asks once for all who come together, and again when the answer is old', async () => {
    const { cache, asked } = aCache({ a: live });
    expect(await Promise.all([cache.get('a', 0), cache.get('a', 0)])).toEqual([live, live]);
    await cache.get('a', 99);
    expect(asked).toEqual(['a']);
    await cache.get('a', 100);
    expect(asked).toEqual(['a', 'a']);
  });

  it('forgets sooner what it did not know', async () => {
    const { cache, asked } = aCache({});
    expect([await cache.get('a', 0), await cache.get('a', 9), await cache.get('a', 10)]).toEqual([null, null, null]);
    expect(asked).toEqual(['a', 'a']);
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

  it('keeps no more than its bound', async () => {
    const { cache, asked } = aCache({ a: live });
    for (const hash of ['a', 'x', 'y', 'z', 'z', 'a']) await cache.get(hash, 0);
    expect(asked).toEqual(['a', 'x', 'y', 'z', 'a']);
  });
});
