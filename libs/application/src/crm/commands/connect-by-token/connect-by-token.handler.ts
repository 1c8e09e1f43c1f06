import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { platformOf } from '#domain/crm/connection-state.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { claimsOf } from '#domain/crm/token-claims.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { hostOf } from '../../connection/account-host.js';
import { GrantStore } from '../../connection/grant-store.js';
import { AMO_ACCOUNTS, AMO_OAUTH, type AmoAccounts, type AmoOAuth } from '../../ports/amo-account.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { ConnectByTokenCommand } from './connect-by-token.command.js';

// amoCRM: the longest life of such a token. One that does not tell its end is found dead by a 401.
const LONGEST_LIFE_MS = 5 * 366 * 86_400_000;

@CommandHandler(ConnectByTokenCommand)
export class ConnectByTokenHandler implements ICommandHandler<ConnectByTokenCommand> {
  constructor(
    @Inject(AMO_OAUTH) private readonly oauth: AmoOAuth,
    @Inject(AMO_ACCOUNTS) private readonly accounts: AmoAccounts,
    @Inject(AMO_INTEGRATION) private readonly integration: AmoIntegration,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly grants: GrantStore,
  ) {}

  async execute({ input }: ConnectByTokenCommand): Promise<void> {
    const { account } = input;
    // Pasted, often with the end of its line.
    const token = input.token.trim();
    const baseUrl = this.oauth.originOf(hostOf(account));
    const { accountId, name } = await this.identify(baseUrl, token);
    const { clientId, expiresAt } = claimsOf(token);
    const integration = this.integration.configured(platformOf(baseUrl));
    await this.grants.take({
      accountId,
      accountName: name,
      baseUrl,
      clientId: clientId ?? integration?.clientId ?? '',
      tokens: {
        accessToken: token,
        refreshToken: null,
        accessExpiresAt: expiresAt ?? new Date(this.clock.now().getTime() + LONGEST_LIFE_MS),
      },
    });
  }

  private async identify(baseUrl: string, token: string): Promise<{ accountId: number; name: string }> {
    try {
      return await this.accounts.identify(baseUrl, token);
    } catch (error) {
      if (!AppError.is(error, crmErrors['crm.reconnect_needed'])) throw error;
      throw new AppError(crmErrors['crm.oauth_refused'], { detail: 'amoCRM does not take this token', cause: error });
    }
  }
}
