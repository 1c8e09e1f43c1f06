import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { PLATFORMS } from '#domain/crm/connection-state.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { adviceFor } from '../../connection/connection-advice.js';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import { GetConnectionQuery } from './get-connection.query.js';
import type { ConnectionView, GrantRow, GrantView } from './get-connection.view.js';

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
    const state = row?.state ?? 'disconnected';
    const nextStep = adviceFor(state, language, state !== 'active' && (await this.screens.awaitsSecrets()));
    if (row) return { ...row, limits, grants: row.grants.map((grant) => this.shown(grant)), nextStep };
    return {
      state,
      since: null,
      reason: null,
      account: null,
      limits,
      grants: [],
      nextStep,
    };
  }

  private shown({ isExternal, ...grant }: GrantRow): GrantView {
    const isConfigured = PLATFORMS.some(
      (platform) => this.integration.configured(platform)?.clientId === grant.clientId,
    );
    const integration = isConfigured ? 'configured' : isExternal ? 'external' : 'other';
    return { ...grant, integration };
  }
}
