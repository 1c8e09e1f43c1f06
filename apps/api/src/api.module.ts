import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ProcessProbes } from '#infrastructure/telemetry/process-probes.js';
import { AnalyticsHttpModule } from './analytics/analytics-http.module.js';
import { ClientsHttpModule } from './clients/clients-http.module.js';
import { CrmHttpModule } from './crm/crm-http.module.js';
import { DealsHttpModule } from './deals/deals-http.module.js';
import { IdentityHttpModule } from './identity/identity-http.module.js';
import { MailHttpModule } from './mail/mail-http.module.js';
import { NotificationsHttpModule } from './notifications/notifications-http.module.js';
import { HealthController, PROBES } from './shared/health.controller.js';

/** The HTTP edge; the house behind it is given by the composition root. */
@Module({})
export class ApiModule {
  static behind(house: DynamicModule, beside: readonly Type<object>[] = []): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        house,
        IdentityHttpModule,
        CrmHttpModule,
        DealsHttpModule,
        ClientsHttpModule,
        AnalyticsHttpModule,
        MailHttpModule,
        NotificationsHttpModule,
        ...beside,
      ],
      controllers: [HealthController],
      providers: [{ provide: PROBES, useExisting: ProcessProbes }],
    };
  }
}
