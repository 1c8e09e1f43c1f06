import { createHmac, generateKeyPairSync } from 'node:crypto';
import { aSignedToken, disposablePayload, type TokenChanges } from '#testing/crm/disposable-token.js';

/** A bad one-time token: what is wrong with it, the reason that the log gives, the token. */
export type BadToken = readonly [string, string, () => string];

interface Signer {
  readonly clientId: string;
  readonly secret: string;
  readonly audience: string;
}

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const MEGABYTE = 1_048_576;

/** Tokens that only their form, their header or the type of a claim gives away: else they are as amoCRM makes them. */
export const badTokens = ({ clientId, secret, audience }: Signer): readonly BadToken[] => {
  const payload = (changes: TokenChanges = {}) =>
    disposablePayload(new Date(), { client_uuid: clientId, aud: audience, ...changes });
  const signed = (header: unknown, content: unknown, hash = 'sha256', key = secret): string => {
    const text = `${encoded(header)}.${encoded(content)}`;
    return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
  };
  const claims = (changes: TokenChanges) => () => signed({ typ: 'JWT', alg: 'HS256' }, payload(changes));
  const header = (changes: object, hash?: string) => () => signed({ typ: 'JWT', ...changes }, payload(), hash);
  const ownKey = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const jwk = ownKey.publicKey.export({ format: 'jwk' });
  return [
    ['HS384', 'bad_signature', header({ alg: 'HS384' }, 'sha384')],
    ['HS384 that says HS256', 'bad_signature', header({ alg: 'HS256' }, 'sha384')],
    ['an algorithm in small letters', 'bad_signature', header({ alg: 'hs256' })],
    ['no algorithm', 'bad_signature', header({})],
    ['a list of algorithms', 'bad_signature', header({ alg: ['HS256'] })],
    ['NONE in capitals', 'malformed', () => signed({ alg: 'NONE' }, payload()).replace(/[^.]*$/, '')],
    ['a key of its own', 'bad_signature', () => aSignedToken(payload(), { key: ownKey.privateKey, alg: 'RS256' })],
    [
      'a key of its own in the header',
      'bad_signature',
      () => signed({ alg: 'HS256', jwk }, payload(), 'sha256', String(jwk.n)),
    ],
    ['an empty key', 'bad_signature', () => signed({ alg: 'HS256' }, payload(), 'sha256', '')],
    ['a signature cut short', 'bad_signature', () => signed({ alg: 'HS256' }, payload()).slice(0, -2)],
    ['a fourth part', 'malformed', () => `${signed({ alg: 'HS256' }, payload())}.x`],
    ['a list for its claims', 'malformed', () => signed({ alg: 'HS256' }, [payload()])],
    [
      'broken UTF-8',
      'malformed',
      () => `${encoded({ alg: 'HS256' })}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.x`,
    ],
    ['a megabyte', 'too_long', claims({ padding: 'x'.repeat(MEGABYTE) })],
    ['NUL in its integration', 'malformed', claims({ client_uuid: 'a\0b' })],
    ['a list of audiences', 'malformed_claims', claims({ aud: [audience] })],
    ['an audience with a path', 'wrong_audience', claims({ aud: `${audience}/api` })],
    ['a longer audience', 'wrong_audience', claims({ aud: `${audience}.evil.ru` })],
    ['an issuer with a user', 'malformed_claims', claims({ iss: 'https://evil@demo.amocrm.ru' })],
    ['an issuer with a port', 'wrong_issuer', claims({ iss: 'https://demo.amocrm.ru:8443' })],
    ['an issuer in front of another', 'wrong_issuer', claims({ iss: 'https://demo.amocrm.ru.evil.ru' })],
    ['an issuer in punycode', 'wrong_issuer', claims({ iss: 'https://xn--e1afmkfd.amocrm.ru' })],
    ['an account as a text', 'malformed_claims', claims({ account_id: '31' })],
    ['a fraction of an account', 'malformed_claims', claims({ account_id: 31.5 })],
    ['no account', 'malformed_claims', claims({ account_id: null })],
    ['a user as a text', 'malformed_claims', claims({ user_id: '5 OR 1=1' })],
    ['a negative user', 'malformed_claims', claims({ user_id: -5 })],
    ['NUL in its id', 'malformed_claims', claims({ jti: 'a\0b' })],
    ['a huge id', 'malformed_claims', claims({ jti: 'x'.repeat(1_000) })],
    ['an end as a text', 'malformed_claims', claims({ exp: String(Math.floor(Date.now() / 1_000) + 60) })],
    ['an end beyond all numbers', 'malformed_claims', claims({ exp: Number.MAX_VALUE })],
    ['its issue ahead of it', 'not_yet_valid', claims({ iat: Math.floor(Date.now() / 1_000) + 3_600 })],
  ];
};
