import type { Platform } from '#domain/crm/connection-state.js';
import type { AmoIntegration } from '#application/crm/ports/amo-integration.js';
import type { Integration, Integrations } from '#application/crm/ports/integrations.js';
import type { AmoClientConfig } from '../amocrm-config.js';

/** The integrations that the operator made: one for amoCRM, and one for Kommo where that is another. */
export class ConfiguredIntegrations implements AmoIntegration, Integrations {
  constructor(private readonly config: AmoClientConfig) {}

  get requestsPerSecond(): number {
    return this.config.requestsPerSecond;
  }

  get accountRequestsPerSecond(): number {
    return this.config.accountRequestsPerSecond;
  }

  configured(platform: Platform): Integration | null {
    const { kommo, redirectUri } = this.config;
    const chosen = platform === 'kommo' && kommo ? kommo : this.config;
    const { clientId, clientSecret } = chosen;
    return clientId && clientSecret ? { clientId, clientSecret, redirectUri } : null;
  }

  find(clientId: string): Promise<Integration | null> {
    const known = [this.configured('amocrm'), this.configured('kommo')];
    return Promise.resolve(known.find((one) => one?.clientId === clientId) ?? null);
  }
}
