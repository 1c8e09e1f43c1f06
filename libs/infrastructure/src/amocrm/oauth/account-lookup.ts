import { claimsOf } from '#domain/crm/token-claims.js';
import { platformOf } from '#domain/crm/connection-state.js';
import type { AmoGrant } from '#application/crm/ports/amo-grants.js';
import type { AmoTransport, WireRequest } from '../http/amo-transport.js';
import { verdictOf } from '../http/verdict.js';
import { idOf, recordOf, textOf } from '../http/wire-value.js';
import { accountOrigin } from './account-hosts.js';

const MAIN_ORIGINS = { amocrm: 'https://www.amocrm.ru', kommo: 'https://www.kommo.com' } as const;
const TIMEOUT_MS = 10_000;

/**
 * Finds out where an account lives after its subdomain was changed. amoCRM: the host of the token's `api_domain` knows it
 * by the refresh token; the platform's main host, the older way, by the access token.
 */
export class AccountLookup {
  constructor(
    private readonly transport: AmoTransport,
    private readonly sandbox: string | null,
  ) {}

  /** The account's origin, always at an allowed host; null when nobody tells, or what they tell is not this account. */
  async originOf({ baseUrl, accountId, accessToken }: AmoGrant, refreshToken: string): Promise<string | null> {
    const { apiDomain } = claimsOf(accessToken);
    // A claim is a hint: the token goes to no host that could not be amoCRM's.
    const knowing = apiDomain === null ? undefined : accountOrigin(apiDomain, this.sandbox);
    const main = this.sandbox ?? MAIN_ORIGINS[platformOf(baseUrl)];
    const questions: WireRequest[] = [
      ...(knowing
        ? [
            {
              origin: knowing,
              method: 'GET',
              target: '/oauth2/account/current/subdomain',
              headers: { 'x-refresh-token': refreshToken },
            } as const,
          ]
        : []),
      { origin: main, method: 'GET', target: '/oauth2/account/subdomain', accessToken },
    ];
    for (const question of questions) {
      const found = await this.ask(question, accountId);
      if (found) return found;
    }
    return null;
  }

  private async ask(question: WireRequest, accountId: number): Promise<string | null> {
    // That it cannot be asked is no answer: the next one is.
    const answer = await this.transport.send({ ...question, timeoutMs: TIMEOUT_MS }).catch(() => null);
    const verdict = answer && verdictOf(answer, true);
    if (verdict?.kind !== 'answered') return null;
    const account = recordOf(verdict.body);
    const domain = textOf(account?.domain);
    if (idOf(account?.id) !== accountId || domain === undefined) return null;
    return accountOrigin(domain, this.sandbox) ?? null;
  }
}
