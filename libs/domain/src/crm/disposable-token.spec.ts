import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CLOCK_LEEWAY_S,
  type DisposableClaims,
  disposableFault,
  MAX_LIFETIME_S,
  readDisposableClaims,
} from './disposable-token.js';

const NOW = 1_795_000_000;
const REDIRECT_URI = 'https://crm.example.com/api/v1/crm/oauth/callback';

const PAYLOAD = {
  iss: 'https://demo.amocrm.ru',
  aud: 'https://crm.example.com',
  jti: '7a1f0c9e-4a37-4c0e-8f3b-0d8a5a000001',
  iat: NOW,
  nbf: NOW,
  exp: NOW + 1_800,
  account_id: 31,
  user_id: 5,
  subdomain: 'demo',
  client_uuid: 'client-1',
  is_admin: true,
};

const claims = (changes: Partial<typeof PAYLOAD> = {}): DisposableClaims => {
  const read = readDisposableClaims({ ...PAYLOAD, ...changes });
  if (!read) throw new Error('The payload of the test cannot be read');
  return read;
};

const faultAt = (seconds: number, changes: Partial<typeof PAYLOAD> = {}, redirectUri = REDIRECT_URI) =>
  disposableFault(claims(changes), redirectUri, new Date(seconds * 1_000));

describe('the claims of a one-time token', () => {
  it('are read as amoCRM sends them', () => {
    expect(claims()).toEqual({
      clientId: 'client-1',
      issuer: 'https://demo.amocrm.ru',
      audience: 'https://crm.example.com',
      tokenId: PAYLOAD.jti,
      accountId: 31,
      userId: 5,
      isAdmin: true,
      issuedAt: NOW,
      notBefore: NOW,
      expiresAt: NOW + 1_800,
    });
  });

  it.each([[undefined], [null], [1], ['true'], [{}]])('make nobody an administrator by is_admin = %p', (isAdmin) => {
    expect(readDisposableClaims({ ...PAYLOAD, is_admin: isAdmin })?.isAdmin).toBe(false);
  });

  it('take the account by its origin alone', () => {
    expect(claims({ iss: 'https://demo.amocrm.ru/' }).issuer).toBe('https://demo.amocrm.ru');
    expect(claims({ iss: 'https://DEMO.amocrm.ru' }).issuer).toBe('https://demo.amocrm.ru');
    for (const iss of [
      'https://demo.amocrm.ru/x',
      'https://demo.amocrm.ru/?x',
      'https://demo.amocrm.ru@evil.example',
      'https://u:p@demo.amocrm.ru',
      'demo.amocrm.ru',
      'javascript:alert(1)',
    ]) {
      expect(readDisposableClaims({ ...PAYLOAD, iss })).toBeNull();
    }
  });

  const BAD: readonly unknown[] = [
    undefined,
    null,
    '',
    {},
    [],
    true,
    '31',
    -1,
    0.5,
    NaN,
    1e300,
    'x\0',
    'x'.repeat(201),
  ];
  const NUMBERS = ['account_id', 'user_id', 'iat', 'nbf', 'exp'];
  const TEXTS = ['iss', 'aud', 'jti', 'client_uuid'];

  it.each([
    ...NUMBERS.flatMap((name) => BAD.map((value) => [name, value] as const)),
    ...TEXTS.flatMap((name) => BAD.filter((value) => value !== '31').map((value) => [name, value] as const)),
  ])('are refused whole when %s is %p', (name, value) => {
    expect(readDisposableClaims({ ...PAYLOAD, [name]: value })).toBeNull();
  });

  it('can be anything without anything being thrown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(PAYLOAD)), fc.anything()), (payload) => {
        const read = readDisposableClaims(payload);
        if (read) expect(disposableFault(read, REDIRECT_URI, new Date())).not.toBeUndefined();
      }),
    );
  });
});

describe('a one-time token', () => {
  it('is good at once, and for as long as it lives', () => {
    expect(faultAt(NOW)).toBeNull();
    expect(faultAt(NOW + 1_799)).toBeNull();
  });

  it('is meant for the server of the redirect URI, with or without a slash, with or without its port', () => {
    for (const aud of ['https://crm.example.com/', 'https://CRM.example.com']) expect(faultAt(NOW, { aud })).toBeNull();
    const local = 'http://127.0.0.1:3000/api/v1/crm/oauth/callback';
    for (const aud of ['http://127.0.0.1', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/'])
      expect(faultAt(NOW, { aud }, local)).toBeNull();
    for (const aud of [
      'https://crm.example.com.evil.example',
      'https://evil.example',
      'http://crm.example.com',
      'https://crm.example.com//',
      'https://crm.example.com/api',
      'crm.example.com',
    ]) {
      expect(faultAt(NOW, { aud })).toBe('wrong_audience');
    }
    expect(faultAt(NOW, { aud: 'http://127.0.0.1:3001' }, local)).toBe('wrong_audience');
  });

  it('is taken a minute early or late, for clocks differ, and no longer', () => {
    const { exp } = PAYLOAD;
    expect([faultAt(NOW - CLOCK_LEEWAY_S), faultAt(NOW - CLOCK_LEEWAY_S - 1)]).toEqual([null, 'not_yet_valid']);
    expect([faultAt(exp + CLOCK_LEEWAY_S - 1), faultAt(exp + CLOCK_LEEWAY_S)]).toEqual([null, 'expired']);
    expect(faultAt(NOW, { nbf: NOW + CLOCK_LEEWAY_S + 1 })).toBe('not_yet_valid');
    expect(faultAt(NOW, { iat: NOW + CLOCK_LEEWAY_S + 1 })).toBe('not_yet_valid');
  });

  it('does not live longer than any of amoCRM', () => {
    expect(faultAt(NOW, { exp: NOW + MAX_LIFETIME_S })).toBeNull();
    expect(faultAt(NOW, { exp: NOW + MAX_LIFETIME_S + 1 })).toBe('lives_too_long');
  });

  it('is taken only between its start and its end, whatever they are', () => {
    const moment = fc.integer({ min: NOW - 10_000, max: NOW + 10_000 });
    fc.assert(
      fc.property(moment, moment, moment, (iat, nbf, exp) => {
        if (faultAt(NOW, { iat, nbf, exp }) !== null) return;
        expect(Math.max(iat, nbf)).toBeLessThanOrEqual(NOW + CLOCK_LEEWAY_S);
        expect(exp).toBeGreaterThan(NOW - CLOCK_LEEWAY_S);
        expect(exp - iat).toBeLessThanOrEqual(MAX_LIFETIME_S);
      }),
    );
  });
});
