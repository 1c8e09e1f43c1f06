import { Inject, Injectable } from '@nestjs/common';
import type { GivenGrant } from '#domain/crm/amo-connection.js';
import { AMO_ACCOUNTS, AMO_OAUTH, type AmoAccounts, type AmoOAuth } from '../ports/amo-account.js';
import type { Integration } from '../ports/integrations.js';

/** Turns authorization codes into grants. Stores nothing. */
@Injectable()
export class CodeExchange {
  constructor(
    @Inject(AMO_OAUTH) private readonly oauth: AmoOAuth,
    @Inject(AMO_ACCOUNTS) private readonly accounts: AmoAccounts,
  ) {}

  /** Origin of the account at `host`. @throws AppError `crm.host_not_allowed` */
  originOf(host: string): string {
    return this.oauth.originOf(host);
  }

  /**
   * Exchange a code at the account's host and ask whose account it is.
   *
   * @throws AppError `crm.host_not_allowed`: our secret would go there, so only amoCRM's hosts will do; nothing was sent
   * @throws AppError `crm.oauth_refused` | `crm.unreachable`, and as `AmoAccounts.identify`
   */
  async grantFor(host: string, code: string, integration: Integration): Promise<Omit<GivenGrant, 'amoUserId'>> {
    const baseUrl = this.oauth.originOf(host);
    const tokens = await this.oauth.exchangeCode(baseUrl, code, integration);
    const { accountId, name } = await this.accounts.identify(baseUrl, tokens.accessToken);
    return { accountId, accountName: name, baseUrl, clientId: integration.clientId, tokens };
  }
}
