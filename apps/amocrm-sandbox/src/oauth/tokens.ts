import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { PairRow } from '../state/rows.js';
import type { World } from '../state/world.js';

export const ACCESS_SECONDS = 86_400;
/** amoCRM: three months. */
export const REFRESH_SECONDS = 92 * 86_400;
export const CODE_SECONDS = 20 * 60;

/** amoCRM signs with a key of its own, which no integration knows; so does the sandbox. */
const SIGNING_KEY = 'sandbox-signing-key';

const ALL_SCOPES: readonly string[] = ['crm', 'files', 'files_delete', 'notifications', 'push_notifications'];

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A compact HS256 JWT. */
export function signJwt(claims: object, key: string, header: object = {}): string {
  const content = `${base64url({ typ: 'JWT', alg: 'HS256', ...header })}.${base64url(claims)}`;
  return `${content}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

export interface PairOptions {
  readonly clientId: string;
  readonly accountId: number;
  readonly userId: number;
  /** For the `api_domain` claim: the host that knows where the account lives. */
  readonly apiHost: string;
  readonly baseDomain: string;
  readonly scopes?: readonly string[];
  readonly supersedes?: number;
  /** Makes a long-lived token: no refresh token, this life in seconds. */
  readonly longLivedSeconds?: number;
}

/** Issue an access token, with a refresh token unless it is a long-lived one. */
export function issuePair(world: World, options: PairOptions): PairRow {
  const now = world.now();
  const { longLivedSeconds } = options;
  const scopes = options.scopes ?? ALL_SCOPES;
  const expiresAt = now + (longLivedSeconds ?? ACCESS_SECONDS);
  const jti = randomBytes(40).toString('hex');
  const claims = {
    aud: options.clientId,
    jti,
    iat: now,
    nbf: now,
    exp: expiresAt,
    sub: String(options.userId),
    grant_type: '',
    account_id: options.accountId,
    base_domain: options.baseDomain,
    version: 2,
    scopes,
    hash_uuid: randomUUID(),
    api_domain: options.apiHost,
  };
  return world.tables.put('pairs', {
    id: world.tables.nextId('pairs'),
    access: signJwt(claims, SIGNING_KEY, { jti }),
    refresh: longLivedSeconds === undefined ? `def50200${randomBytes(300).toString('hex')}` : null,
    clientId: options.clientId,
    accountId: options.accountId,
    userId: options.userId,
    scopes,
    accessExpiresAt: expiresAt,
    refreshExpiresAt: now + REFRESH_SECONDS,
    supersedes: options.supersedes ?? null,
    dead: false,
  });
}

/** Issue an authorization code: single use, 20 minutes. */
export function issueCode(world: World, clientId: string, accountId: number): string {
  const code = `def50200${randomBytes(200).toString('hex')}`;
  const userId = world.account(accountId).admin().id;
  world.tables.put('codes', { id: code, clientId, accountId, userId, expiresAt: world.now() + CODE_SECONDS });
  return code;
}

export function kill(world: World, pair: PairRow): void {
  if (!pair.dead) world.tables.put('pairs', { ...pair, dead: true });
}

/**
 * The pair of a bearer token when it is good now: known, alive, not expired, its install not switched off.
 * The first use of a pair ends the grace of the one it replaced.
 */
export function authenticate(world: World, bearer: string): PairRow | null {
  const pair = world.pairOf(bearer);
  if (!pair || pair.access !== bearer || pair.dead || pair.accessExpiresAt <= world.now()) return null;
  if (world.accountRow(pair.accountId).revoked.includes(pair.clientId)) return null;
  if (pair.supersedes !== null) {
    const old = world.tables.get('pairs', pair.supersedes);
    if (old) kill(world, old);
    world.tables.put('pairs', { ...pair, supersedes: null });
  }
  return pair;
}

/** All access tokens end now; refresh tokens stay good. */
export function expireAll(world: World): void {
  for (const pair of [...world.tables.all('pairs')]) {
    if (pair.accessExpiresAt > world.now()) world.tables.put('pairs', { ...pair, accessExpiresAt: world.now() });
  }
}
