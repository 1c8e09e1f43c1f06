import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { asId, type SessionId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import type { AccessClaims } from '#application/identity/ports/access-tokens.js';
import { JwtAccessTokens } from './jwt-access-tokens.js';
import { deriveKeys, parseSecretKeys } from './secret-keys.js';

const old = 'o'.repeat(40);
const claims: AccessClaims = {
  userId: asId<UserId>('u'),
  email: 'anna@example.com',
  workspaceId: asId<WorkspaceId>('w'),
  role: 'viewer',
  sessionId: asId<SessionId>('s'),
};

const at = (iso: string) => ({ now: () => new Date(iso) });
const now = at('2026-11-21T09:00:00Z');
const tokens = JwtAccessTokens.of(old, now);

/** A token with chosen header and claims, signed with the real key: what only a slip of ours could let through. */
const forge = (header: object, payload: object): string => {
  const [{ key }] = deriveKeys(parseSecretKeys(old), 'sdelka/access-tokens/v1');
  const body = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
};
const header = { alg: 'HS256', typ: 'JWT', kid: 'k1' };
const seconds = now.now().getTime() / 1_000;
const payload = {
  sub: 'u',
  email: 'anna@example.com',
  ws: 'w',
  role: 'viewer',
  sid: 's',
  iat: seconds,
  exp: seconds + 60,
  iss: 'sdelka',
  aud: 'sdelka-api',
};

describe('JwtAccessTokens', () => {
  it('reads the claims it issued, for 15 minutes', () => {
    const { token, expiresIn } = tokens.issue(claims);
    expect(expiresIn).toBe(900);
    expect(tokens.read(token)).toEqual(claims);
    expect(JwtAccessTokens.of(old, at('2026-11-21T09:14:59Z')).read(token)).toEqual(claims);
    expect(JwtAccessTokens.of(old, at('2026-11-21T09:15:00Z')).read(token)).toBeNull();
  });

  it('forgets nothing of a token that it has read before: it expires, and another one is another one', () => {
    let time = '2026-11-21T09:00:00Z';
    const reader = JwtAccessTokens.of(old, { now: () => new Date(time) });
    const { token } = reader.issue(claims);
    expect([reader.read(token), reader.read(token)]).toEqual([claims, claims]);
    expect(reader.read(`${token}A`)).toBeNull();
    expect(reader.read(token.slice(0, -1))).toBeNull();
    time = '2026-11-21T09:15:00Z';
    expect(reader.read(token)).toBeNull();
  });

  it("accepts the forger's base, so that the refusals below mean something", () => {
    expect(tokens.read(forge(header, payload))).toEqual(claims);
  });

  it.each([
    ['no algorithm', { ...header, alg: 'none' }, payload],
    ['another algorithm', { ...header, alg: 'HS512' }, payload],
    ['another issuer', header, { ...payload, iss: 'other' }],
    ['another audience', header, { ...payload, aud: 'other' }],
    ['an unknown key', { ...header, kid: 'k9' }, payload],
    ['no key id', { alg: 'HS256' }, payload],
    ['no end', header, { ...payload, exp: undefined }],
    ['an unknown role', header, { ...payload, role: 'root' }],
    ['no session', header, { ...payload, sid: undefined }],
  ])('refuses a token with %s', (_, badHeader, badPayload) => {
    expect(tokens.read(forge(badHeader, badPayload))).toBeNull();
  });

  it.each([
    '',
    'x',
    'a.b.c',
    'bnVsbA.bnVsbA.x',
    `${Buffer.from('{"kid":"k1","alg":"HS256"}').toString('base64url')}..`,
    `${Buffer.from('{"kid":"k1","alg":"HS256","typ":"JWT"}').toString('base64url')}.garbage.x`,
  ])('refuses %p', (token) => {
    expect(tokens.read(token)).toBeNull();
  });

  it('refuses a signature under other keys and an altered claim', () => {
    expect(tokens.read(JwtAccessTokens.of('x'.repeat(40), now).issue(claims).token)).toBeNull();
    const [head, , signature] = tokens.issue(claims).token.split('.');
    const raised = Buffer.from(JSON.stringify({ ...payload, role: 'admin' })).toString('base64url');
    expect(tokens.read(`${head}.${raised}.${signature}`)).toBeNull();
  });

  it('goes on reading tokens of a key that was rotated out', () => {
    const rotated = JwtAccessTokens.of(`k2:${'f'.repeat(40)},k1:${old}`, now);
    expect(rotated.read(tokens.issue(claims).token)).toEqual(claims);
    expect(tokens.read(rotated.issue(claims).token)).toBeNull();
  });
});
