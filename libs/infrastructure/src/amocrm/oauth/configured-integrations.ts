import type { Integration, Integrations } from '#application/crm/ports/integrations.js';
import type { AmoClientConfig } from '../amocrm-config.js';

/** The one integration of the configuration. */
export class ConfiguredIntegrations implements Integrations {
  constructor(private readonly config: Pick<AmoClientConfig, 'clientId' | 'clientSecret' | 'redirectUri'>) {}

  find(clientId: string): Promise<Integration | null> {
    const { clientId: known, clientSecret, redirectUri } = this.config;
    const integration =
      known && clientSecret && known === clientId ? { clientId: known, clientSecret, redirectUri } : null;
    return Promise.resolve(integration);
  }
}
