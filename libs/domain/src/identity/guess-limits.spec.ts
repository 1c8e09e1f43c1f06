import { describe, expect, it } from '@jest/globals';
import { emailKey } from './email-key.js';
import { guessBuckets, networkOf, pairKey } from './guess-limits.js';

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
  });

  it('does not ask the counter of the account at a usual address', () => {
    expect(guessBuckets(who, true).map(({ key }) => key.split('\n')[0])).toEqual(['pair', 'address']);
  });

  it('counts all spellings of an e-mail as one', () => {
    expect(pairKey(who)).toBe(pairKey({ email: 'anna@example.com', ip: '::ffff:203.0.113.7' }));
    // The Kelvin sign is a k to a database that folds case; it must be one to us, too.
    expect(emailKey('\u212Aolya@example.com')).toBe('kolya@example.com');
  });
});
