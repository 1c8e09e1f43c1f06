import type { ExternalIntegrations } from '#application/crm/ports/external-integrations.js';
import type { Integration, Integrations } from '#application/crm/ports/integrations.js';

// amoCRM: a uuid. Nothing else is worth a question to the database.
const CLIENT_ID = /^[\w-]{1,64}$/;

/** What the operator configured, then what amoCRM delivered: the former cannot be replaced by anything from outside. */
export class KnownIntegrations implements Integrations {
  constructor(
    private readonly configured: Integrations,
    private readonly external: Pick<ExternalIntegrations, 'find'>,
  ) {}

  async find(clientId: string): Promise<Integration | null> {
    const known = await this.configured.find(clientId);
    if (known || !CLIENT_ID.test(clientId)) return known;
    return this.external.find(clientId);
  }
}
