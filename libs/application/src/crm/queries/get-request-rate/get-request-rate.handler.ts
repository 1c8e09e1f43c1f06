import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AMO_INTEGRATION, type AmoIntegration } from '../../ports/amo-integration.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import { GetRequestRateQuery, type RequestRateView } from './get-request-rate.query.js';

@QueryHandler(GetRequestRateQuery)
export class GetRequestRateHandler implements IQueryHandler<GetRequestRateQuery> {
  constructor(
    @Inject(CRM_SCREENS) private readonly screens: CrmScreens,
    @Inject(AMO_INTEGRATION) private readonly integration: AmoIntegration,
  ) {}

  async execute(): Promise<RequestRateView> {
    const connection = await this.screens.connection();
    const own = connection?.limits.requestsPerSecond ?? this.integration.requestsPerSecond;
    const whole = connection?.limits.accountRequestsPerSecond ?? this.integration.accountRequestsPerSecond;
    return { requestsPerSecond: Math.min(own, whole), canCall: connection?.state === 'active' };
  }
}
