import { Global, Module, type ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { v7 } from 'uuid';
import type { FieldIssue } from '#domain/shared/app-error.js';
import { permissionsOf, type Role } from '#domain/identity/permissions.js';
import { asId, type UserId, type WorkspaceId } from '#domain/shared/ids.js';
import { CrmApplicationModule } from '#application/crm/crm.module.js';
import {
  CompleteConnectionCommand,
  HOOK_OPTIONS_VALIDATOR,
  type HookOptionsValidator,
  PIPELINE_TRIGGERS,
  type PipelineTriggers,
  StartConnectionCommand,
  type TriggerResult,
} from '#application/crm/index.js';
import { AMO_ACCOUNTS, AMO_OAUTH } from '#application/crm/ports/amo-account.js';
import { AMO_INTEGRATION } from '#application/crm/ports/amo-integration.js';
import { EXTERNAL_INTEGRATIONS, type ExternalIntegrations } from '#application/crm/ports/external-integrations.js';
import { EXTERNAL_SETTINGS, type ExternalSettings } from '#application/crm/ports/external-settings.js';
import { INTEGRATIONS } from '#application/crm/ports/integrations.js';
import type { DealEntered } from '#application/crm/ports/pipeline-triggers.js';
import { WIDGET_SETTINGS } from '#application/crm/ports/widget-settings.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Actor, RequestContext } from '#application/shared/context/request-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { HOOK_METER, type HookMeter, type HookTake } from '#application/crm/ports/hook-meter.js';
import { HOOK_SETTINGS, type HookSettings } from '#application/crm/ports/hook-settings.js';
import { TELEMETRY, type Telemetry } from '#application/shared/ports/telemetry.js';
import { SharedApplicationModule } from '#application/shared/shared-application.module.js';
import { KnownIntegrations } from '#infrastructure/amocrm/oauth/known-integrations.js';
import { loadConfig } from '#infrastructure/config/app-config.js';
import { ConfigModule } from '#infrastructure/config/config.module.js';
import { CryptoModule } from '#infrastructure/crypto/crypto.module.js';
import { CrmPostgresModule } from '#infrastructure/postgres/crm/crm-postgres.module.js';
import { PostgresModule } from '#infrastructure/postgres/postgres.module.js';
import type { TestDatabase } from '../postgres.js';
import { FakeAmo } from './fake-amo.js';

/** A clock that stands until it is moved. */
export class MovableClock implements Clock {
  private at = new Date('2026-11-21T09:00:00.000Z');

  now(): Date {
    return this.at;
  }

  advance(ms: number): void {
    this.at = new Date(this.at.getTime() + ms);
  }
}

/** What deals would do, scripted. */
export class FakeDeals implements HookOptionsValidator, PipelineTriggers {
  issues: readonly FieldIssue[] = [];
  readonly entered: DealEntered[] = [];
  /** What entering answers; may throw. */
  answer: (entered: DealEntered) => TriggerResult = () => ({ outcome: 'started' });

  issuesOf(): Promise<readonly FieldIssue[]> {
    return Promise.resolve(this.issues);
  }

  async dealEntered(entered: DealEntered): Promise<TriggerResult> {
    this.entered.push(entered);
    return this.answer(entered);
  }
}

/** Counts what the intake tells. */
export class FakeMeter implements HookMeter {
  readonly takes: HookTake[] = [];

  hookTaken(take: HookTake): void {
    this.takes.push(take);
  }

  hookBacklog(): void {
    // Nobody asks for it.
  }
}

const HOOKS: HookSettings = { perSecond: 1_000, burst: 10_000, retentionDays: 30 };

const EXTERNAL: ExternalSettings = {
  redirectUri: 'https://crm.example.com/api/v1/crm/oauth/callback',
  secretsUri: 'https://crm.example.com/hooks/amocrm-secrets',
  secretsWaitMs: 1_000,
};

/** Pages of this origin may call whatever is connected. */
export const SANDBOX_ORIGIN = 'http://127.0.0.1:3300';

const silent: Telemetry = { messageHandled: () => undefined, jobHandled: () => undefined };

/** The context `crm` on a real database; only amoCRM, the deals context and the clock are not real. */
export interface CrmHouse {
  readonly module: TestingModule;
  readonly bus: AppBus;
  readonly clock: MovableClock;
  readonly amo: FakeAmo;
  readonly deals: FakeDeals;
  readonly meter: FakeMeter;
  /** Run `work` as a member of the workspace; `null` as nobody, `system` as the product itself. */
  as<T>(who: Role | 'system' | null, work: () => Promise<T>, workspaceId?: WorkspaceId): Promise<T>;
  /** The workspace that `as` means unless another is given. */
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  /** Connect a workspace to account 31 at demo.amocrm.ru. */
  connect(workspaceId?: WorkspaceId): Promise<void>;
}

const actorOf = (who: Role | 'system' | null, id: UserId): Actor => {
  if (who === null) return { kind: 'anonymous' };
  if (who === 'system') return { kind: 'system' };
  return { kind: 'user', id, email: 'anna@example.com', role: who, permissions: permissionsOf(who) };
};

/** Assemble the house over `database`; close `module` before the database. `imports` adds modules, e.g. of an edge. */
export const crmHouse = async (
  database: TestDatabase,
  imports: ModuleMetadata['imports'] = [],
  settings: Partial<HookSettings> = {},
): Promise<CrmHouse> => {
  const [clock, amo, deals, meter] = [new MovableClock(), new FakeAmo(), new FakeDeals(), new FakeMeter()];
  const edges = [
    { provide: TELEMETRY, useValue: silent },
    { provide: HOOK_METER, useValue: meter },
    { provide: HOOK_SETTINGS, useValue: { ...HOOKS, ...settings } },
    ...[AMO_OAUTH, AMO_ACCOUNTS, AMO_INTEGRATION].map((provide) => ({ provide, useValue: amo })),
    {
      provide: INTEGRATIONS,
      inject: [EXTERNAL_INTEGRATIONS],
      useFactory: (external: ExternalIntegrations) => new KnownIntegrations(amo, external),
    },
    { provide: EXTERNAL_SETTINGS, useValue: EXTERNAL },
    ...[HOOK_OPTIONS_VALIDATOR, PIPELINE_TRIGGERS].map((provide) => ({ provide, useValue: deals })),
    { provide: WIDGET_SETTINGS, useValue: { sandboxOrigin: SANDBOX_ORIGIN } },
  ];
  @Global()
  @Module({ providers: edges, exports: edges.map(({ provide }) => provide) })
  class EdgesModule {}

  const config = loadConfig({
    DATABASE_URL: database.url,
    DATABASE_POOL_SIZE: '4',
    SDELKA_SECRET_KEY: 'a secret key of the tests, long enough',
  });
  const modules = [
    ConfigModule.of(config),
    EdgesModule,
    SharedApplicationModule,
    PostgresModule,
    CryptoModule,
    CrmPostgresModule,
    CrmApplicationModule,
  ];
  const module = await Test.createTestingModule({ imports: [...modules, ...imports] })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  await module.init();

  const bus = module.get(AppBus);
  const [home, userId] = [asId<WorkspaceId>(v7()), asId<UserId>(v7())];
  const as: CrmHouse['as'] = (who, work, workspaceId = home) => {
    const context: RequestContext = {
      workspaceId: who === null ? null : workspaceId,
      actor: actorOf(who, userId),
      correlationId: 'test',
      requestId: 'test',
      language: 'en',
    };
    return module.get(CurrentContext).run(context, work);
  };
  const connect = async (workspaceId = home): Promise<void> => {
    const { authorizeUrl } = await as('admin', () => bus.execute(new StartConnectionCommand()), workspaceId);
    const state = new URL(authorizeUrl).searchParams.get('state') ?? '';
    await as(null, () =>
      bus.execute(new CompleteConnectionCommand({ state, code: 'code', referer: 'demo.amocrm.ru' })),
    );
  };
  return { module, bus, clock, amo, deals, meter, as, workspaceId: home, userId, connect };
};
