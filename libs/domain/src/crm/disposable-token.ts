import { type AmoUserId, asId } from '../shared/ids.js';

/** A token that is a little early or late by our clock is still taken. */
export const CLOCK_LEEWAY_S = 60;
/** amoCRM: a one-time token lives for 30 minutes. One that claims to live much longer is none of amoCRM's. */
export const MAX_LIFETIME_S = 2 * 3_600;

const MAX_TEXT = 200;

/** What a one-time token says, once its signature was found good (amoCRM: disposable tokens for integrations). */
export interface DisposableClaims {
  /** Id of the integration whose secret signed it. */
  readonly clientId: string;
  /** Origin of the account, `https://<subdomain>.amocrm.ru`. */
  readonly issuer: string;
  /** amoCRM: the base address of the integration's redirect URI, without its path. */
  readonly audience: string;
  readonly tokenId: string;
  readonly accountId: number;
  readonly userId: AmoUserId;
  /** amoCRM leaves it out at times; then nobody is an administrator. */
  readonly isAdmin: boolean;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly expiresAt: number;
}

/** Why a well-signed token is not taken; for the log, never for the caller. */
export type DisposableFault = 'wrong_audience' | 'not_yet_valid' | 'expired' | 'lives_too_long';

/** The claims of a token's payload, or null when one is missing or of another form. */
export const readDisposableClaims = (payload: Readonly<Record<string, unknown>>): DisposableClaims | null => {
  const { client_uuid: clientId, iss, aud, jti: tokenId, account_id: accountId, user_id: userId } = payload;
  const { iat: issuedAt, nbf: notBefore, exp: expiresAt, is_admin: isAdmin } = payload;
  const issuer = isText(iss) ? originOf(iss) : null;
  if (!isText(clientId) || !isText(aud) || !isText(tokenId) || issuer === null) return null;
  if (!isId(accountId) || !isId(userId) || !isMoment(issuedAt) || !isMoment(notBefore) || !isMoment(expiresAt))
    return null;
  return {
    clientId,
    issuer,
    audience: aud,
    tokenId,
    accountId,
    userId: asId<AmoUserId>(userId),
    isAdmin: isAdmin === true,
    issuedAt,
    notBefore,
    expiresAt,
  };
};

/**
 * What is wrong with a token at `at`, or null when nothing is.
 *
 * @param redirectUri  of the integration that signed it: the token must be meant for that server
 */
export const disposableFault = (claims: DisposableClaims, redirectUri: string, at: Date): DisposableFault | null => {
  const now = Math.floor(at.getTime() / 1_000);
  const { audience, issuedAt, notBefore, expiresAt } = claims;
  if (!audiencesOf(redirectUri).includes(audience.replace(/\/$/, '').toLowerCase())) return 'wrong_audience';
  if (Math.max(issuedAt, notBefore) > now + CLOCK_LEEWAY_S) return 'not_yet_valid';
  if (expiresAt <= now - CLOCK_LEEWAY_S) return 'expired';
  if (expiresAt - issuedAt > MAX_LIFETIME_S) return 'lives_too_long';
  return null;
};

// amoCRM's own client leaves the port out of the base address; whether the service does is not told.
const audiencesOf = (redirectUri: string): readonly string[] => {
  const { protocol, host, hostname } = new URL(redirectUri);
  return [`${protocol}//${host}`, `${protocol}//${hostname}`];
};

/** The origin that `address` is, with or without a slash at its end; null when it is anything more. */
const originOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null;
  const { origin, href } = new URL(address);
  return href === `${origin}/` ? origin : null;
};

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= MAX_TEXT && !value.includes('\0');

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

const isMoment = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
