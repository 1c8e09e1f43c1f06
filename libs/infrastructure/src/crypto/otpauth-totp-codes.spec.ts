import { describe, expect, it } from '@jest/globals';
import { Secret } from 'otpauth';
import { OtpauthTotpCodes } from './otpauth-totp-codes.js';

const codes = new OtpauthTotpCodes();
const secret = Secret.fromLatin1('12345678901234567890').base32;
const at = (seconds: number) => new Date(seconds * 1_000);

describe('OtpauthTotpCodes', () => {
  // RFC 6238, appendix B, the last six digits of its SHA-1 column.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('knows the codes of the standard: %i s is %s', (seconds, code) => {
    expect(codes.stepOf(secret, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('takes the step before and the one after, no other', () => {
    const steps = [-2, -1, 0, 1, 2].map((delta) => codes.stepOf(secret, '081804', at(1_111_111_109 + delta * 30)));
    expect(steps).toEqual([null, 37_037_036, 37_037_036, 37_037_036, null]);
  });

  it.each(['', '81804', '0818040', 'abcdef', '０８１８０４', '081804 ', '-81804'])('refuses %p', (code) => {
    expect(codes.stepOf(secret, code, at(1_111_111_109))).toBeNull();
  });

  it('makes secrets of 160 bits, and their addresses', () => {
    const made = codes.makeSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    const address = new URL(codes.addressOf(made, 'анна@example.com'));
    expect([address.protocol, address.host, decodeURIComponent(address.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Sdelka:анна@example.com',
    ]);
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret: made, digits: '6', period: '30' });
  });
});
