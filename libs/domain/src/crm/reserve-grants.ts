import type { AmoTokens } from './amo-connection.js';

/** `oauth`: a pair that is refreshed; `long_lived`: a token for years, made by hand, that nothing can refresh. */
export const GRANT_KINDS = ['oauth', 'long_lived'] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];

/** Whose a grant is: a new one of the same holder takes the place of the old one. */
export interface GrantHolder {
  /** Id of the integration. */
  readonly clientId: string;
  /** The amoCRM user who gave it, null when the token does not say. */
  readonly amoUserId: number | null;
  readonly kind: GrantKind;
}

/** A grant that is not in use: a spare works as far as is known, a refused one is kept to be shown. */
export interface ReserveGrant extends GrantHolder {
  readonly state: 'spare' | 'refused';
  readonly grantedAt: Date;
  /** Null once refused. */
  readonly tokens: AmoTokens | null;
}

/** More administrators than this do not connect one account; the oldest go. */
const MOST = 10;

export const kindOf = (tokens: AmoTokens): GrantKind => (tokens.refreshToken === null ? 'long_lived' : 'oauth');

export const sameHolder = (a: GrantHolder, b: GrantHolder): boolean =>
  a.clientId === b.clientId && a.amoUserId === b.amoUserId && a.kind === b.kind;

export const withoutHolder = (reserve: readonly ReserveGrant[], holder: GrantHolder): readonly ReserveGrant[] =>
  reserve.filter((one) => !sameHolder(one, holder));

/** The reserve with `grant` in the place of its holder's; refused ones go first when there are too many. */
export const setAside = (reserve: readonly ReserveGrant[], grant: ReserveGrant): readonly ReserveGrant[] =>
  [...withoutHolder(reserve, grant), grant].sort(byUse).slice(0, MOST);

/** The newest spare, or undefined. */
export const bestSpare = (reserve: readonly ReserveGrant[]): (ReserveGrant & { tokens: AmoTokens }) | undefined =>
  reserve.filter(isUsable).sort(byUse)[0];

const isUsable = (grant: ReserveGrant): grant is ReserveGrant & { tokens: AmoTokens } =>
  grant.state === 'spare' && grant.tokens !== null;

const byUse = (a: ReserveGrant, b: ReserveGrant): number =>
  Number(b.state === 'spare') - Number(a.state === 'spare') || b.grantedAt.getTime() - a.grantedAt.getTime();
