import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimsOf } from './token-claims.js';

const token = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
const NOTHING = { clientId: null, userId: null, expiresAt: null, apiDomain: null };

describe('claimsOf', () => {
  it('reads what amoCRM writes', () => {
    const claims = { aud: 'client', sub: '501', exp: 1_800_000_000, api_domain: 'api-b.amocrm.ru', name: 'Анна' };
    expect(claimsOf(token(claims))).toEqual({
      clientId: 'client',
      userId: 501,
      expiresAt: new Date(1_800_000_000_000),
      apiDomain: 'api-b.amocrm.ru',
    });
    expect(claimsOf(token({ aud: ['first', 'second'], sub: 7 }))).toMatchObject({ clientId: 'first', userId: 7 });
  });

  it.each([['{}'], ['null'], ['7'], ['"a"'], ['[]']])('finds nothing in %s', (json) => {
    expect(claimsOf(token(JSON.parse(json)))).toEqual(NOTHING);
  });

  it.each([
    [{ aud: 7, sub: {}, exp: '1', api_domain: [] }],
    [{ aud: '', sub: '-1', exp: -1, api_domain: '' }],
    [{ aud: [], sub: '1.5', exp: 1e300 }],
  ])('takes nothing that is not of its kind: %j', (claims) => {
    expect(claimsOf(token(claims))).toEqual(NOTHING);
  });

  it('bears any text, and any JSON', () => {
    fc.assert(fc.property(fc.string(), (text) => void claimsOf(text)));
    fc.assert(fc.property(fc.jsonValue(), (value) => void claimsOf(token(value))));
  });
});
