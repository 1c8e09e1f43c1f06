import { createHmac, randomUUID, sign, type KeyObject } from 'node:crypto';

/** Claims of a one-time token as amoCRM makes it; `null` takes one away. */
export type TokenChanges = Readonly<Record<string, unknown>>;

export interface TokenKind {
  /** The integration's secret; a private key for RS256. */
  readonly key: string | KeyObject;
  readonly alg?: string;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signature = (content: string, { key, alg }: TokenKind): string => {
  if (typeof key !== 'string') return sign('sha256', Buffer.from(content), key).toString('base64url');
  if (alg === 'none') return '';
  return createHmac(alg === 'HS512' ? 'sha512' : 'sha256', key)
    .update(content)
    .digest('base64url');
};

/** A signed token around any payload. */
export const aSignedToken = (payload: object, kind: TokenKind): string => {
  const content = `${encoded({ typ: 'JWT', alg: kind.alg ?? 'HS256' })}.${encoded(payload)}`;
  return `${content}.${signature(content, kind)}`;
};

/**
 * The payload of a one-time token, issued at `at`: user 5 of account 31 at demo.amocrm.ru, for the integration `client-1`
 * whose redirect URI is at crm.example.com.
 */
export const disposablePayload = (at: Date, changes: TokenChanges = {}): Readonly<Record<string, unknown>> => {
  const now = Math.floor(at.getTime() / 1_000);
  const payload = {
    iss: 'https://demo.amocrm.ru',
    aud: 'https://crm.example.com',
    jti: randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 1_800,
    account_id: 31,
    user_id: 5,
    subdomain: 'demo',
    client_uuid: 'client-1',
    is_admin: false,
    ...changes,
  };
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== null));
};

/** A one-time token as amoCRM would issue it to a page at `at`. */
export const aDisposableToken = (at: Date, changes: TokenChanges = {}, kind: TokenKind = { key: 'secret-1' }): string =>
  aSignedToken(disposablePayload(at, changes), kind);
