/** What an access token of amoCRM says about itself; nothing of it is certain to be there. */
export interface TokenClaims {
  /** Id of the integration. */
  readonly clientId: string | null;
  /** The amoCRM user who gave the access. */
  readonly userId: number | null;
  readonly expiresAt: Date | null;
  /** Host that knows where the account lives, e.g. `api-b.amocrm.ru`. */
  readonly apiDomain: string | null;
}

const NOTHING: TokenClaims = { clientId: null, userId: null, expiresAt: null, apiDomain: null };
/** Later instants cannot be written down. */
const LAST_SECOND = 8_640_000_000_000;

/**
 * Read the claims of an access token. Only amoCRM can check its signature, so they are hints: what depends on them must
 * do no harm when they lie. A token that is no JWT has none.
 */
export const claimsOf = (accessToken: string): TokenClaims => {
  const claims = payloadOf(accessToken);
  if (!claims) return NOTHING;
  const { aud, sub, exp, api_domain: apiDomain } = claims;
  const userId = typeof sub === 'string' || typeof sub === 'number' ? Number(sub) : NaN;
  return {
    clientId: textOf(Array.isArray(aud) ? aud[0] : aud),
    userId: Number.isSafeInteger(userId) && userId > 0 ? userId : null,
    expiresAt: typeof exp === 'number' && exp > 0 && exp <= LAST_SECOND ? new Date(exp * 1_000) : null,
    apiDomain: textOf(apiDomain),
  };
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const payloadOf = (token: string): Readonly<Record<string, unknown>> | null => {
  const [, payload] = token.split('.');
  if (!payload) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};
