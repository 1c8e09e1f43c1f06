import { describe, expect, it } from '@jest/globals';
import { parseRedisTarget } from './redis-target.js';

describe('parseRedisTarget', () => {
  it.each([
    ['redis://localhost:6379/1', { kind: 'single', url: 'redis://localhost:6379/1' }],
    ['rediss://u:p@cache.example', { kind: 'single', url: 'rediss://u:p@cache.example' }],
    [
      'redis+sentinel://:s%40crt@a:26380,b/main-1',
      {
        kind: 'sentinel',
        master: 'main-1',
        password: 's@crt',
        hosts: [
          { host: 'a', port: 26_380 },
          { host: 'b', port: 26_379 },
        ],
      },
    ],
    [
      'redis+cluster://a,[::1]:7000',
      {
        kind: 'cluster',
        hosts: [
          { host: 'a', port: 6_379 },
          { host: '::1', port: 7_000 },
        ],
      },
    ],
  ])('%s', (text, target) => {
    expect(parseRedisTarget(text)).toEqual(target);
  });

  it.each([
    'localhost:6379',
    'http://localhost',
    'redis+sentinel://a,b',
    'redis+cluster://a/0',
    'redis+cluster://',
    'redis+cluster://a:70000',
    'redis+other://a',
  ])('refuses %s', (text) => {
    expect(parseRedisTarget(text)).toBeUndefined();
  });
});
