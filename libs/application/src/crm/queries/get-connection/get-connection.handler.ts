import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { adviceFor } from '../../connection/connection-advice.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import { GetConnectionQuery } from './get-connection.query.js';
import type { ConnectionView } from './get-connection.view.js';

@QueryHandler(GetConnectionQuery)
export class GetConnectionHandler implements IQueryHandler<GetConnectionQuery> {
  constructor(
    @Inject(CRM_SCREENS) private readonly screens: CrmScreens,
    @Inject(AMO_INTEGRATION) private readonly integration: AmoIntegration,
    private readonly context: CurrentContext,
  ) {}

  async execute(): Promise<ConnectionView> {
    const { language } = this.context.get();
    const row = await this.screens.connection();
    const limits = {
      requestsPerSecond: row?.limits.requestsPerSecond ?? this.integration.requestsPerSecond,
      accountRequestsPerSecond: row?.limits.accountRequestsPerSecond ?? this.integration.accountRequestsPerSecond,
    };
    if (row) return { ...row, limits, nextStep: adviceFor(row.state, language) };
    return {
      state: 'disconnected',
      since: null,
      reason: null,
      account: null,
      limits,
      grants: [],
      nextStep: adviceFor('disconnected', language),
    };
  }
}
