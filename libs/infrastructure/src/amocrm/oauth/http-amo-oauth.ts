import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { Platform } from '#domain/crm/connection-state.js';
import type { AmoOAuth, Consent } from '#application/crm/ports/amo-account.js';
import { type Integration, type Integrations, serves } from '#application/crm/ports/integrations.js';
import type { AmoGrant, TokenPair } from '#application/crm/ports/amo-grants.js';
import type { Clock } from '#application/shared/ports/clock.js';
import type { AmoClientConfig } from '../amocrm-config.js';
import { AmoRefusal, reconnectNeeded, unreachable } from '../http/amo-errors.js';
import type { AmoTransport } from '../http/amo-transport.js';
import { readProblem } from '../http/problem.js';
import { verdictOf } from '../http/verdict.js';
import { numberOf, recordOf, textOf } from '../http/wire-value.js';
import { AccountLookup } from './account-lookup.js';
import { accountOrigin } from './account-hosts.js';

const CONSENT_ORIGINS: Readonly<Record<Platform, string>> = {
  amocrm: 'https://www.amocrm.ru',
  kommo: 'https://www.kommo.com',
};
const TOKEN_TIMEOUT_MS = 15_000;
/** amoCRM: access tokens live for 24 hours; used only when the answer does not say. */
const USUAL_LIFETIME_SECONDS = 86_400;

/** OAuth 2.0 of amoCRM over HTTP. */
export class HttpAmoOAuth implements AmoOAuth {
  private readonly lookup: AccountLookup;

  constructor(
    private readonly transport: AmoTransport,
    private readonly config: AmoClientConfig,
    private readonly integrations: Integrations,
    private readonly clock: Clock,
  ) {
    this.lookup = new AccountLookup(transport, config.baseUrl);
  }

  consentUrl({ platform, clientId, state }: Consent): string {
    const url = new URL('/oauth', this.config.baseUrl ?? CONSENT_ORIGINS[platform]);
    url.searchParams.set('client_id', clientId);
    url.searchParams.set('state', state);
    url.searchParams.set('mode', 'post_message');
    return url.toString();
  }

  isAllowedHost(host: string): boolean {
    return accountOrigin(host, this.config.baseUrl) !== undefined;
  }

  /** @throws AppError `crm.host_not_allowed` */
  originOf(host: string): string {
    const origin = accountOrigin(host, this.config.baseUrl);
    if (origin === undefined) throw new AppError(crmErrors['crm.host_not_allowed']);
    return origin;
  }

  async exchangeCode(origin: string, code: string, integration: Integration): Promise<TokenPair> {
    try {
      return await this.requestPair(origin, integration, { grant_type: 'authorization_code', code });
    } catch (error) {
      if (!(error instanceof AmoRefusal)) throw error;
      throw new AppError(crmErrors['crm.oauth_refused'], { detail: error.message, cause: error });
    }
  }

  async refresh(grant: AmoGrant, refreshToken: string): Promise<TokenPair> {
    const integration = await this.integrations.find(grant.clientId);
    if (!integration || !serves(integration, grant.workspaceId)) {
      throw reconnectNeeded(new Error('The secret of this integration is not known here'));
    }
    try {
      return await this.refreshAt(grant.baseUrl, integration, refreshToken);
    } catch (error) {
      if (!(error instanceof AmoRefusal)) throw error;
      // amoCRM: after the account's subdomain was changed, the old host answers 401 or 404.
      const origin = await this.lookup.originOf(grant, refreshToken);
      if (origin === null || origin === grant.baseUrl) throw judged(error);
      const pair = await this.refreshAt(origin, integration, refreshToken).catch((second: unknown) => {
        throw second instanceof AmoRefusal ? judged(second) : second;
      });
      return { ...pair, baseUrl: origin };
    }
  }

  private refreshAt(origin: string, integration: Integration, refreshToken: string): Promise<TokenPair> {
    return this.requestPair(origin, integration, { grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** @throws AmoRefusal for any 4xx but 429, AppError `crm.unreachable` for all else that brings no pair */
  private async requestPair(
    origin: string,
    { clientId, clientSecret, redirectUri }: Integration,
    grant: Readonly<Record<string, string>>,
  ): Promise<TokenPair> {
    // The secret goes with it: a stored address is checked like one from a browser.
    if (this.originOf(new URL(origin).host) !== origin) throw new AppError(crmErrors['crm.host_not_allowed']);
    const answer = await this.transport.send({
      origin,
      method: 'POST',
      target: '/oauth2/access_token',
      body: { client_id: clientId, client_secret: clientSecret, ...grant, redirect_uri: redirectUri },
      timeoutMs: Math.min(TOKEN_TIMEOUT_MS, this.config.requestTimeoutMs),
    });
    const verdict = verdictOf(answer, true);
    if (verdict.kind === 'answered') return this.pairOf(verdict.body);
    if (verdict.kind === 'unauthorised') throw new AmoRefusal(readProblem(401, jsonOrNothing(answer.text)));
    if (
      verdict.kind === 'astray' ||
      verdict.kind === 'lost' ||
      (verdict.kind === 'failed' && verdict.error instanceof AmoRefusal)
    )
      throw verdict.error;
    // Throttled, blocked or filtered by address: the grant itself may be as good as ever.
    throw unreachable('none', { detail: `The token endpoint answered ${answer.status}` });
  }

  private pairOf(body: unknown): TokenPair {
    const record = recordOf(body) ?? {};
    const accessToken = textOf(record.access_token);
    const refreshToken = textOf(record.refresh_token);
    if (!accessToken || !refreshToken) throw unreachable('unknown', { detail: 'The token endpoint answered no pair' });
    const lifetimeMs = (numberOf(record.expires_in) ?? USUAL_LIFETIME_SECONDS) * 1_000;
    return { accessToken, refreshToken, accessExpiresAt: new Date(this.clock.now().getTime() + lifetimeMs) };
  }
}

// amoCRM documents 400 for a dead token and answers 401; a 403 or 404 tells of the network or the host.
const judged = (refusal: AmoRefusal): AppError => {
  const { status } = refusal.problem;
  if (status === 400 || status === 401) return reconnectNeeded(refusal);
  return unreachable('none', { detail: `The token endpoint answered ${status}`, cause: refusal });
};

const jsonOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
