import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountOrigin } from './account-hosts.js';

const SANDBOX = 'http://127.0.0.1:3300';

describe('accountOrigin', () => {
  it.each([
    ['example.amocrm.ru', 'https://example.amocrm.ru'],
    ['Example.AmoCRM.ru', 'https://example.amocrm.ru'],
    ['a.kommo.com', 'https://a.kommo.com'],
    ['old-account.amocrm.com', 'https://old-account.amocrm.com'],
    ['127.0.0.1:3300', SANDBOX],
  ])('takes %s for an account', (host, origin) => {
    expect(accountOrigin(host, SANDBOX)).toBe(origin);
  });

  it.each([
    '',
    'amocrm.ru',
    '.amocrm.ru',
    'evil.ru',
    'evil-amocrm.ru',
    'evilamocrm.ru',
    'example.amocrm.ru.evil.ru',
    'example.amocrm.ru:8443',
    'example.amocrm.ru.',
    'a.b.amocrm.ru',
    'user@example.amocrm.ru',
    'user:pass@example.amocrm.ru',
    'evil.ru/example.amocrm.ru',
    'evil.ru#example.amocrm.ru',
    'evil.ru?x=.amocrm.ru',
    'evil.ru\\.amocrm.ru',
    'https://example.amocrm.ru',
    'example.amocrm.ru\n',
    'example.amocrm.ru\0.evil.ru',
    ' example.amocrm.ru',
    'example.аmocrm.ru',
    'example。amocrm.ru',
    'example.\u212Aommo.com',
    'xn--e1afmkfd.amocrm.ru',
    '-example.amocrm.ru',
    'example-.amocrm.ru',
    'exa_mple.amocrm.ru',
    `${'a'.repeat(64)}.amocrm.ru`,
    '%65xample.amocrm.ru',
    '127.0.0.1',
    '127.0.0.1:3301',
    '127.1:3300',
    'localhost:3300',
  ])('refuses %j', (host) => {
    expect(accountOrigin(host, SANDBOX)).toBeUndefined();
  });

  it('knows the accounts of a sandbox at localhost, on its port and by name only', () => {
    const at = (host: string, sandbox: string | null = 'http://localhost:3300') => accountOrigin(host, sandbox);
    for (const host of ['demo.amocrm.localhost:3300', 'a-1.kommo.localhost:3300'])
      expect(at(host)).toBe(`http://${host}`);
    const foreign = [
      'demo.amocrm.localhost',
      'demo.amocrm.localhost:3301',
      'demo.localhost:3300',
      'amocrm.localhost:3300',
    ];
    const odd = [
      'a.b.amocrm.localhost:3300',
      'u@demo.amocrm.localhost:3300',
      'evil.ru/.amocrm.localhost:3300',
      'localhost.evil.ru:3300',
    ];
    for (const host of [...foreign, ...odd]) expect(at(host)).toBeUndefined();
    expect(at('demo.amocrm.localhost:3300', SANDBOX)).toBeUndefined();
    expect(at('demo.amocrm.localhost:3300', null)).toBeUndefined();
  });

  it('knows no sandbox unless one is configured', () => {
    expect(accountOrigin('127.0.0.1:3300', null)).toBeUndefined();
  });

  it('only ever answers an https origin right under a known domain', () => {
    const piece = fc.constantFrom(
      'example',
      '.amocrm.ru',
      '.kommo.com',
      '@',
      ':',
      '/',
      '\\',
      '#',
      '?',
      'evil.ru',
      '.',
      'xn--',
      '%2e',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 5 }), (pieces) => {
        const origin = accountOrigin(pieces.join(''), null);
        fc.pre(origin !== undefined);
        expect(new URL(origin ?? '').origin).toBe(origin);
        expect(origin).toMatch(/^https:\/\/[a-z0-9-]+\.(amocrm\.ru|amocrm\.com|kommo\.com)$/);
      }),
      { numRuns: 300, maxSkipsPerRun: 1_000 },
    );
  });
});
