import { Inject, Injectable } from '@nestjs/common';
import {
  CLOCK_LEEWAY_S,
  type DisposableClaims,
  disposableFault,
  readDisposableClaims,
} from '#domain/crm/disposable-token.js';
import type { WidgetTokens, WidgetTokenVerdict } from '#application/identity/index.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { AMO_OAUTH, type AmoOAuth } from '../ports/amo-account.js';
import { CONNECTED_ACCOUNTS, type ConnectedAccounts } from '../ports/connected-accounts.js';
import { INTEGRATIONS, type Integration, type Integrations } from '../ports/integrations.js';
import { TOKEN_SIGNATURES, type TokenSignatures } from '../ports/token-signatures.js';

// amoCRM's tokens have about 500 characters.
const MAX_LENGTH = 4_096;

/**
 * Checks the one-time tokens that amoCRM gives its pages for the person at the screen. Cheap checks and the signature
 * come first: nobody without a secret makes us ask the database about accounts, only for the secret itself where the
 * operator has not configured it.
 */
@Injectable()
export class DisposableTokens implements WidgetTokens {
  constructor(
    @Inject(TOKEN_SIGNATURES) private readonly signatures: TokenSignatures,
    @Inject(INTEGRATIONS) private readonly integrations: Integrations,
    @Inject(CONNECTED_ACCOUNTS) private readonly accounts: ConnectedAccounts,
    @Inject(AMO_OAUTH) private readonly oauth: AmoOAuth,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async read(token: string): Promise<WidgetTokenVerdict> {
    if (token.length > MAX_LENGTH) return refused('too_long');
    const claimed = this.signatures.claimedClient(token);
    if (claimed === null) return refused('malformed');
    const integration = await this.integrations.find(claimed);
    if (!integration) return refused('unknown_client');
    const payload = this.signatures.payload(token, integration.clientSecret);
    if (!payload) return refused('bad_signature');
    const claims = readDisposableClaims(payload);
    if (!claims) return refused('malformed_claims');
    const fault = this.fault(claims, integration);
    return fault === null ? this.locate(claims, integration) : refused(fault);
  }

  private fault(claims: DisposableClaims, { clientId, redirectUri }: Integration): string | null {
    if (claims.clientId !== clientId) return 'unknown_client';
    if (!this.oauth.isAllowedHost(new URL(claims.issuer).host)) return 'wrong_issuer';
    return disposableFault(claims, redirectUri, this.clock.now());
  }

  private async locate(claims: DisposableClaims, { owner }: Integration): Promise<WidgetTokenVerdict> {
    const found = await this.accounts.find(claims.accountId, claims.clientId, claims.userId, owner);
    const [account] = found;
    if (!account) return refused('account_not_connected');
    if (found.length > 1) return refused('account_in_several_workspaces');
    if (account.baseUrl !== claims.issuer) return refused('wrong_issuer');
    if (account.person?.isActive === false) return refused('person_deactivated');
    return {
      accepted: true,
      visitor: {
        workspaceId: account.workspaceId,
        amoUserId: claims.userId,
        isAmoAdmin: claims.isAdmin,
        name: account.person?.name ?? null,
        email: account.person?.email ?? null,
        tokenId: claims.tokenId,
        takenUntil: new Date((claims.expiresAt + CLOCK_LEEWAY_S) * 1_000),
      },
    };
  }
}

const refused = (reason: string): WidgetTokenVerdict => ({ accepted: false, reason });
