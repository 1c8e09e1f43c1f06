import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aDisposableToken, aSignedToken, disposablePayload } from '#testing/crm/disposable-token.js';
import { JwtTokenSignatures } from './jwt-token-signatures.js';

const AT = new Date('2026-11-21T09:00:00.000Z');
const SECRET = 'secret-1';
const signatures = new JwtTokenSignatures();

describe('the signature of a one-time token', () => {
  it('is good under the secret that made it, whatever the time is', () => {
    const payload = disposablePayload(new Date(0));
    expect(signatures.payload(aSignedToken(payload, { key: SECRET }), SECRET)).toEqual(payload);
  });

  it.each([
    ['another secret', aDisposableToken(AT, {}, { key: 'secret-2' })],
    ['no signature', aDisposableToken(AT, {}, { key: SECRET, alg: 'none' })],
    ['alg none and a signature all the same', `${aDisposableToken(AT, {}, { key: SECRET, alg: 'none' })}AAAA`],
    ['HS512, as bots have it', aDisposableToken(AT, {}, { key: SECRET, alg: 'HS512' })],
    ['alg hs256', aDisposableToken(AT, {}, { key: SECRET, alg: 'hs256' })],
    [
      'RS256',
      aDisposableToken(AT, {}, { key: generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey, alg: 'RS256' }),
    ],
    ['a payload that is a list', aSignedToken([1], { key: SECRET })],
    ['nothing', ''],
    ['garbage', 'garbage'],
    ['three dots', '...'],
  ])('is refused: %s', (_, token) => {
    expect(signatures.payload(token, SECRET)).toBeNull();
  });

  it('is refused when a character of the content was changed', () => {
    const token = aDisposableToken(AT);
    const end = token.lastIndexOf('.');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end - 1 }), fc.constantFrom(...'AQgw09_-'), (place, letter) => {
        fc.pre(token[place] !== letter && token[place] !== '.');
        expect(signatures.payload(token.slice(0, place) + letter + token.slice(place + 1), SECRET)).toBeNull();
      }),
    );
  });

  it('is not fooled by a public key as the secret', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(signatures.payload(aDisposableToken(AT, {}, { key: pem, alg: 'RS256' }), pem)).toBeNull();
    expect(signatures.payload(aDisposableToken(AT, {}, { key: pem }), pem)).not.toBeNull();
  });
});

describe('the integration that a token names', () => {
  it('is read before anything is checked', () => {
    expect(signatures.claimedClient(aDisposableToken(AT, {}, { key: 'unknown' }))).toBe('client-1');
  });

  it('is nothing in what is no token', () => {
    const unsigned = (text: string) =>
      `${Buffer.from('{}').toString('base64url')}.${Buffer.from(text).toString('base64url')}.x`;
    for (const token of [
      '',
      'a',
      'a.b',
      'a.b.c',
      'a.b.',
      'a, b',
      unsigned('{'),
      unsigned('[]'),
      unsigned('null'),
      unsigned('{"client_uuid":1}'),
    ])
      expect(signatures.claimedClient(token)).toBeNull();
  });

  it('is never an error, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aZ0_-.{}"') }), (token) => {
        expect([null, 'string']).toContain(signatures.claimedClient(token) === null ? null : 'string');
      }),
    );
  });
});
