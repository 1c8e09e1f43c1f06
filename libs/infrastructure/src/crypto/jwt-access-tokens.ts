import type { KeyObject } from 'node:crypto';
import { JsonWebTokenError, JwtService } from '@nestjs/jwt';
import { isRole } from '#domain/identity/permissions.js';
import { asId, type SessionId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import type { AccessClaims, AccessToken, AccessTokens } from '#application/identity/ports/access-tokens.js';
import type { Clock } from '#application/shared/ports/clock.js';
import { type DerivedKey, deriveKeys, parseSecretKeys } from './secret-keys.js';

const LIFETIME_S = 15 * 60;
const ALGORITHM = 'HS256';
const ISSUER = 'sdelka';
const AUDIENCE = 'sdelka-api';
// A token is sent with every request of a quarter of an hour: its signature is checked once.
const MAX_CHECKED = 10_000;

/** A token whose signature was good. What it says holds until it expires. */
interface Checked {
  readonly claims: AccessClaims;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** JWTs (RFC 7519) signed with HS256. The header's `kid` names the key, so that keys can be rotated. */
export class JwtAccessTokens implements AccessTokens {
  readonly #checked = new Map<string, Checked>();
  private readonly jwt: JwtService;

  private constructor(
    keys: readonly [DerivedKey, ...DerivedKey[]],
    private readonly clock: Clock,
  ) {
    const [signing] = keys;
    // Key objects: jsonwebtoken would turn a text into one at every call, which costs more than the rest of it.
    const byId = new Map(keys.map(({ id, key }) => [id, key]));
    this.jwt = new JwtService({
      secretOrKeyProvider: (_, tokenOrPayload) =>
        typeof tokenOrPayload === 'string' ? verifyingKey(byId, tokenOrPayload) : signing.key,
      signOptions: { algorithm: ALGORITHM, issuer: ISSUER, audience: AUDIENCE, keyid: signing.id },
      verifyOptions: { algorithms: [ALGORITHM], issuer: ISSUER, audience: AUDIENCE },
    });
  }

  /** Tokens under the keys of `SDELKA_SECRET_KEY`. @throws Error when the setting is bad */
  static of(setting: string, clock: Clock): JwtAccessTokens {
    return new JwtAccessTokens(deriveKeys(parseSecretKeys(setting), 'sdelka/access-tokens/v1'), clock);
  }

  issue({ userId, email, workspaceId, role, sessionId }: AccessClaims): AccessToken {
    const iat = this.seconds();
    const claims = { sub: userId, email, ws: workspaceId, role, sid: sessionId, iat, exp: iat + LIFETIME_S };
    return { token: this.jwt.sign(claims), expiresIn: LIFETIME_S };
  }

  read(token: string): AccessClaims | null {
    const checked = this.#checked.get(token) ?? this.check(token);
    return checked && this.seconds() < checked.expiresAt ? checked.claims : null;
  }

  private check(token: string): Checked | null {
    const checked = this.verified(token);
    if (!checked) return null;
    const [oldest] = this.#checked.keys();
    if (oldest !== undefined && this.#checked.size >= MAX_CHECKED) this.#checked.delete(oldest);
    this.#checked.set(token, checked);
    return checked;
  }

  private verified(token: string): Checked | null {
    try {
      return checkedOf(this.jwt.verify<Record<string, unknown>>(token, { clockTimestamp: this.seconds() }));
    } catch (error) {
      // Expired, altered, of another issuer or key: all of them derive from this one.
      if (error instanceof JsonWebTokenError) return null;
      // The library reads the payload before it checks the signature: a stranger's may be no JSON.
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  private seconds(): number {
    return Math.floor(this.clock.now().getTime() / 1_000);
  }
}

const verifyingKey = (keys: ReadonlyMap<string, KeyObject>, token: string): KeyObject => {
  const key = keys.get(keyIdOf(token));
  if (!key) throw new JsonWebTokenError('unknown key');
  return key;
};

const keyIdOf = (token: string): string => {
  try {
    const header = JSON.parse(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8')) as {
      kid?: unknown;
    } | null;
    return typeof header?.kid === 'string' ? header.kid : '';
  } catch (error) {
    throw new JsonWebTokenError('unreadable header', error instanceof Error ? error : undefined);
  }
};

/** Null for a token of ours from another time, when roles or claims had other names. */
const checkedOf = ({ sub, email, ws, role, sid, exp }: Record<string, unknown>): Checked | null => {
  const complete =
    typeof sub === 'string' &&
    typeof email === 'string' &&
    typeof ws === 'string' &&
    typeof sid === 'string' &&
    typeof exp === 'number';
  if (!complete || typeof role !== 'string' || !isRole(role)) return null;
  const claims: AccessClaims = {
    userId: asId<UserId>(sub),
    email,
    workspaceId: asId<WorkspaceId>(ws),
    role,
    sessionId: asId<SessionId>(sid),
  };
  return { claims, expiresAt: exp };
};
