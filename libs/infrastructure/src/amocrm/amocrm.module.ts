import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Module,
  type ModuleMetadata,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { AMO_ACCOUNTS, AMO_OAUTH, type AmoOAuth } from '#application/crm/ports/amo-account.js';
import { AMO_GRANTS, type AmoGrants } from '#application/crm/ports/amo-grants.js';
import { AMO_DEALS } from '#application/deals/ports/amo-deals.js';
import { AMO_INTEGRATION } from '#application/crm/ports/amo-integration.js';
import { EXTERNAL_INTEGRATIONS, type ExternalIntegrations } from '#application/crm/ports/external-integrations.js';
import { type Integrations, INTEGRATIONS } from '#application/crm/ports/integrations.js';
import { AMO_TRANSFERS } from '#application/deals/ports/amo-transfers.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { HttpAmoAccounts } from './accounts/http-amo-accounts.js';
import type { AmoClientConfig } from './amocrm-config.js';
import { BUDGET_STORE, type BudgetStore } from './budget/budget-store.js';
import { REQUEST_BUDGET, type RequestBudget } from './budget/request-budget.js';
import { SharedRequestBudget } from './budget/shared-request-budget.js';
import { HttpAmoDeals } from './deals/http-amo-deals.js';
import { HttpAmoTransfers } from './deals/http-amo-transfers.js';
import { FilterMemory } from './http/filter-memory.js';
import { AmoHttp } from './http/amo-http.js';
import type { AmoObserver } from './http/amo-observer.js';
import { AmoTransport } from './http/amo-transport.js';
import { GrantKeeper } from './http/grant-keeper.js';
import { ServerClock } from './http/server-clock.js';
import { ConfiguredIntegrations } from './oauth/configured-integrations.js';
import { KnownIntegrations } from './oauth/known-integrations.js';
import { HttpAmoOAuth } from './oauth/http-amo-oauth.js';

const CONFIG = Symbol('AmoClientConfig');
const OBSERVER = Symbol('AmoObserver');

type Part<T> = Pick<FactoryProvider<T>, 'inject' | 'useFactory'>;

/** What the composition root decides; each part as a Nest factory. */
export interface AmocrmParts {
  readonly config: Part<AmoClientConfig>;
  /** Where the request budget is kept: `PgBudgetStore` or `RedisBudgetStore`. */
  readonly budgetStore: Part<BudgetStore>;
  /** Logs and gauges. */
  readonly observer?: Part<AmoObserver>;
  /** Modules that export `AMO_GRANTS`, `EXTERNAL_INTEGRATIONS`, `CLOCK`, `CurrentContext` and what the factories inject, unless they are global. */
  readonly imports?: ModuleMetadata['imports'];
}

/** amoCRM behind the ports `AMO_OAUTH`, `AMO_ACCOUNTS`, `AMO_DEALS` and `AMO_TRANSFERS`, and the integrations that open it. */
@Module({})
export class AmocrmModule implements OnApplicationShutdown {
  constructor(@Inject(AmoTransport) private readonly transport: AmoTransport) {}

  static with({
    config,
    budgetStore,
    observer = { useFactory: () => ({}) },
    imports = [],
  }: AmocrmParts): DynamicModule {
    return {
      module: AmocrmModule,
      global: true,
      imports,
      providers: [
        { provide: CONFIG, ...config },
        { provide: BUDGET_STORE, ...budgetStore },
        { provide: OBSERVER, ...observer },
        ...PROVIDERS,
      ],
      exports: [AMO_OAUTH, AMO_ACCOUNTS, AMO_DEALS, AMO_TRANSFERS, AMO_INTEGRATION, INTEGRATIONS, REQUEST_BUDGET],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.transport.close();
  }
}

const PROVIDERS: FactoryProvider[] = [
  {
    provide: AmoTransport,
    inject: [CONFIG],
    useFactory: ({ requestTimeoutMs }: AmoClientConfig) => new AmoTransport(requestTimeoutMs),
  },
  {
    provide: REQUEST_BUDGET,
    inject: [BUDGET_STORE, CONFIG, OBSERVER],
    useFactory: (store: BudgetStore, config: AmoClientConfig, observer: AmoObserver) => {
      const { requestsPerSecond: perSecond, accountRequestsPerSecond: accountPerSecond } = config;
      return new SharedRequestBudget(store, { perSecond, accountPerSecond }, observer);
    },
  },
  {
    provide: AMO_OAUTH,
    inject: [AmoTransport, CONFIG, INTEGRATIONS, CLOCK],
    useFactory: (transport: AmoTransport, config: AmoClientConfig, integrations: Integrations, clock: Clock) =>
      new HttpAmoOAuth(transport, config, integrations, clock),
  },
  {
    provide: ConfiguredIntegrations,
    inject: [CONFIG],
    useFactory: (config: AmoClientConfig) => new ConfiguredIntegrations(config),
  },
  {
    provide: AMO_INTEGRATION,
    inject: [ConfiguredIntegrations],
    useFactory: (configured: ConfiguredIntegrations) => configured,
  },
  {
    provide: INTEGRATIONS,
    inject: [ConfiguredIntegrations, EXTERNAL_INTEGRATIONS],
    useFactory: (configured: ConfiguredIntegrations, external: ExternalIntegrations) =>
      new KnownIntegrations(configured, external),
  },
  {
    provide: AmoHttp,
    inject: [AmoTransport, REQUEST_BUDGET, AMO_GRANTS, AMO_OAUTH, CLOCK, OBSERVER, CONFIG],
    useFactory: (
      transport: AmoTransport,
      budget: RequestBudget,
      grants: AmoGrants,
      oauth: AmoOAuth,
      clock: Clock,
      observer: AmoObserver,
      { clientId }: AmoClientConfig,
    ) => {
      const keeper = new GrantKeeper(grants, oauth, clock);
      return new AmoHttp({
        transport,
        budget,
        keeper,
        grants,
        clock: new ServerClock(),
        observer,
        clientId: clientId ?? '',
      });
    },
  },
  {
    provide: AMO_ACCOUNTS,
    inject: [AmoHttp, AmoTransport, CLOCK],
    useFactory: (http: AmoHttp, transport: AmoTransport, clock: Clock) => new HttpAmoAccounts(http, transport, clock),
  },
  {
    provide: AMO_DEALS,
    inject: [AmoHttp, CurrentContext],
    useFactory: (http: AmoHttp, context: CurrentContext) => new HttpAmoDeals(http, () => context.workspaceId()),
  },
  {
    provide: AMO_TRANSFERS,
    inject: [AmoHttp, CurrentContext],
    useFactory: (http: AmoHttp, context: CurrentContext) =>
      new HttpAmoTransfers(http, () => context.workspaceId(), new FilterMemory()),
  },
];
