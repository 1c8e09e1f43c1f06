import { BlockList, isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInRanges, parseAddressRange } from './address-range.js';

const isIn = (ip: string, ...ranges: string[]) =>
  isInRanges(
    ip,
    ranges.map((range) => parseAddressRange(range)!),
  );

describe('address ranges', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.8', '203.0.113.7', false],
    ['10.255.0.1', '10.0.0.0/8', true],
    ['11.0.0.1', '10.0.0.0/8', false],
    ['192.0.2.1', '0.0.0.0/0', true],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['2001:db8:0:1::9', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', true],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['10.1.2.3', '::ffff:10.1.2.3', true],
    ['10.1.2.3', '::/0', false],
    ['unknown', '0.0.0.0/0', false],
    ['', '::/0', false],
  ])('%s in %s: %p', (ip, range, expected) => {
    expect(isIn(ip, range)).toBe(expected);
  });

  it.each([
    '',
    '10',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.1/8',
    '10.0.0.0/-1',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    '::g',
    '2001:db8::1/32',
    '::/129',
    '::ffff:10.0.0.0/8',
    '::10.0.0.256',
    'example.com',
    ' 10.0.0.1',
    '10.0.0.1%eth0',
    '1:2:3:4:5:6:7::8:9',
    '１0.0.0.1',
  ])('%p is none', (text) => {
    expect(parseAddressRange(text)).toBeNull();
  });

  it('agree with the machine about every address and range', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const ipv6 = fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':'));
    const pairs = fc.oneof(
      fc.tuple(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 })),
      fc.tuple(ipv6, ipv6, fc.integer({ min: 0, max: 128 })),
    );
    fc.assert(
      fc.property(pairs, fc.boolean(), ([base, other, prefix], near) => {
        const type = isIP(base) === 4 ? 'ipv4' : 'ipv6';
        const list = new BlockList();
        list.addSubnet(base, prefix, type);
        const bits = type === 'ipv4' ? 32 : 128;
        const { value } = parseAddressRange(base)!;
        const range = { bits, prefix, value } as const;
        const asked = near ? base : other;
        expect(isInRanges(asked, [range])).toBe(list.check(asked, type));
      }),
    );
  });
});
