import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ClientsApplicationModule } from '#application/clients/clients.module.js';
import { FILE_SETTINGS } from '#application/clients/ports/file-settings.js';
import { AnalyticsApplicationModule } from '#application/analytics/analytics.module.js';
import { CrmApplicationModule } from '#application/crm/crm.module.js';
import { DisposableTokens, HOOK_OPTIONS_VALIDATOR, PIPELINE_TRIGGERS } from '#application/crm/index.js';
import { EXTERNAL_SETTINGS, type ExternalSettings } from '#application/crm/ports/external-settings.js';
import { HOOK_METER } from '#application/crm/ports/hook-meter.js';
import { HOOK_SETTINGS } from '#application/crm/ports/hook-settings.js';
import { WIDGET_SETTINGS, type WidgetSettings } from '#application/crm/ports/widget-settings.js';
import { DealsApplicationModule } from '#application/deals/deals.module.js';
import { PipelineCopies } from '#application/deals/index.js';
import { COPY_SETTINGS, type CopySettings } from '#application/deals/ports/copy-settings.js';
import { WIDGET_TOKENS } from '#application/identity/index.js';
import { IdentityApplicationModule } from '#application/identity/identity.module.js';
import { MAIL_CARE } from '#application/mail/index.js';
import { NotificationsApplicationModule } from '#application/notifications/notifications.module.js';
import { BusCompleteness } from '#application/shared/bus/completeness.js';
import { MailApplicationModule } from '#application/mail/mail.module.js';
import { SharedApplicationModule } from '#application/shared/shared-application.module.js';
import { AmocrmModule } from '../amocrm/amocrm.module.js';
import { AMOCRM_CONFIG, type AmocrmConfig, APP_CONFIG, type AppConfig } from '../config/app-config.js';
import { ConfigModule } from '../config/config.module.js';
import { FILES_CONFIG, type FilesConfig } from '../config/files-config.js';
import { CryptoModule } from '../crypto/crypto.module.js';
import { filesOf, FilesModule } from '../files/files.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ClientsPostgresModule } from '../postgres/clients/clients-postgres.module.js';
import { AnalyticsPostgresModule } from '../postgres/analytics/analytics-postgres.module.js';
import { CrmPostgresModule } from '../postgres/crm/crm-postgres.module.js';
import { PgConnectionCensus } from '../postgres/crm/pg-connection-census.js';
import { DealsPostgresModule } from '../postgres/deals/deals-postgres.module.js';
import { PhonesModule } from '../phones/phones.module.js';
import { IdentityPostgresModule } from '../postgres/identity/identity-postgres.module.js';
import { MailPostgresModule } from '../postgres/mail/mail-postgres.module.js';
import { NotificationsPostgresModule } from '../postgres/notifications/notifications-postgres.module.js';
import { PostgresModule } from '../postgres/postgres.module.js';
import { QueueModule } from '../queue/queue.module.js';
import { Metrics } from '../telemetry/metrics.js';
import { CONNECTION_CENSUS, MAIL_CENSUS, PROBED_DATA_SOURCE, ProcessProbes } from '../telemetry/process-probes.js';
import { TelemetryModule } from '../telemetry/telemetry.module.js';
import { amocrmParts } from './amocrm-parts.js';
import { mailParts } from './mail-parts.js';

const settingsOf = ({ copy, worker }: AppConfig): CopySettings => ({
  settleMs: copy.settleMs,
  leaseMs: worker.stalledAfterMs,
});

const widgetSettings = ({ baseUrl }: AmocrmConfig): WidgetSettings => ({
  sandboxOrigin: baseUrl === null ? null : new URL(baseUrl).origin,
});

const SECRETS_WAIT_MS = 5_000;

const externalSettings = ({ http, amocrm }: AppConfig): ExternalSettings => ({
  redirectUri: amocrm.redirectUri,
  secretsUri: `${http.publicUrl.replace(/\/$/, '')}/hooks/amocrm-secrets`,
  secretsWaitMs: SECRETS_WAIT_MS,
});

/** What contexts ask of each other, bound to who gives it. */
@Global()
@Module({
  imports: [CrmApplicationModule, DealsApplicationModule],
  providers: [
    { provide: HOOK_OPTIONS_VALIDATOR, useExisting: PipelineCopies },
    { provide: PIPELINE_TRIGGERS, useExisting: PipelineCopies },
    { provide: HOOK_METER, useExisting: Metrics },
    { provide: WIDGET_SETTINGS, inject: [AMOCRM_CONFIG], useFactory: widgetSettings },
    { provide: EXTERNAL_SETTINGS, inject: [APP_CONFIG], useFactory: externalSettings },
    { provide: WIDGET_TOKENS, useExisting: DisposableTokens },
    { provide: PROBED_DATA_SOURCE, useExisting: DataSource },
    { provide: CONNECTION_CENSUS, useClass: PgConnectionCensus },
    { provide: MAIL_CENSUS, useExisting: MAIL_CARE },
    ProcessProbes,
  ],
  exports: [
    HOOK_OPTIONS_VALIDATOR,
    PIPELINE_TRIGGERS,
    HOOK_METER,
    WIDGET_SETTINGS,
    EXTERNAL_SETTINGS,
    WIDGET_TOKENS,
    ProcessProbes,
  ],
})
class BindingsModule {}

/**
 * The whole product behind its edges: all contexts with their adapters, the same in every process. An edge adds its
 * own module.
 */
@Module({})
export class HouseModule {
  static of(config: AppConfig, logger: Logger): DynamicModule {
    return {
      module: HouseModule,
      global: true,
      imports: [
        ConfigModule.of(config),
        TelemetryModule.of(logger),
        DiscoveryModule,
        SharedApplicationModule,
        PostgresModule,
        CryptoModule,
        PhonesModule,
        QueueModule,
        AmocrmModule.with(amocrmParts),
        MailModule.with(mailParts),
        FilesModule.with({ inject: [FILES_CONFIG], useFactory: (files: FilesConfig) => filesOf(files) }),
        IdentityPostgresModule,
        CrmPostgresModule,
        DealsPostgresModule,
        MailPostgresModule,
        AnalyticsPostgresModule,
        ClientsPostgresModule,
        NotificationsPostgresModule,
        BindingsModule,
        IdentityApplicationModule,
        CrmApplicationModule,
        DealsApplicationModule,
        MailApplicationModule,
        AnalyticsApplicationModule,
        ClientsApplicationModule,
        NotificationsApplicationModule,
      ],
      // Only the whole house can say whether every message has its handler.
      providers: [
        BusCompleteness,
        { provide: COPY_SETTINGS, useValue: settingsOf(config) },
        { provide: HOOK_SETTINGS, useValue: config.hooks },
        { provide: FILE_SETTINGS, useValue: config.files },
      ],
      exports: [COPY_SETTINGS, HOOK_SETTINGS, FILE_SETTINGS],
    };
  }
}
