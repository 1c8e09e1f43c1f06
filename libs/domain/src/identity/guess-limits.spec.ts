import { describe, expect, it } from '@jest/globals';
import { emailKey } from './email-key.js';
import {
  guessBuckets,
  networkOf,
  pairKey,
  RESET_LINK_MS,
  resetAccountBucket,
  usualAddressKey,
} from './guess-limits.js';

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('takes %s for %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('guessBuckets', () => {
  const who = { email: 'Anna@Example.com ', ip: '203.0.113.7' };

  it('limits the pair most, then the account, then the address', () => {
    expect(guessBuckets(who, false).map(({ limit }) => limit)).toEqual([10, 100, 50]);
    expect(guessBuckets({ ...who, what: 'second_factor' }, false).map(({ limit }) => limit)).toEqual([5, 50, 20]);
  });

  it('asks at a usual address only what was guessed at this account there', () => {
    expect(guessBuckets(who, true).map(({ key }) => key.split('\n')[0])).toEqual(['pair']);
  });

  it('shares no counter between passwords and second factors, nor what is usual', () => {
    const other = { ...who, what: 'second_factor' } as const;
    const keys = [who, other].flatMap((attempt) => [
      ...guessBuckets(attempt, false).map(({ key }) => key),
      usualAddressKey(attempt),
    ]);
    expect(new Set(keys).size).toBe(8);
  });

  it('refuses a mail to an account only while a link that was sent still works', () => {
    expect(resetAccountBucket('Anna@Example.com').key).toBe(resetAccountBucket('anna@example.com ').key);
    expect(resetAccountBucket('a').windowMs).toBeLessThanOrEqual(RESET_LINK_MS);
  });

  it('counts all spellings of an e-mail as one', () => {
    expect(pairKey(who)).toBe(pairKey({ email: 'anna@example.com', ip: '::ffff:203.0.113.7' }));
    // The Kelvin sign is a k to a database that folds case; it must be one to us, too.
    expect(emailKey('\u212Aolya@example.com')).toBe('kolya@example.com');
  });
});
