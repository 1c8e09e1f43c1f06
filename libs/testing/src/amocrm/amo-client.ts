import type { AmoGrants } from '#application/crm/ports/amo-grants.js';
import type { AmoClientConfig } from '#infrastructure/amocrm/amocrm-config.js';
import type { BudgetKey } from '#infrastructure/amocrm/budget/budget-store.js';
import type { BudgetTicket, RequestBudget } from '#infrastructure/amocrm/budget/request-budget.js';
import { AmoHttp } from '#infrastructure/amocrm/http/amo-http.js';
import type { FinishedRequest } from '#infrastructure/amocrm/http/amo-observer.js';
import { AmoTransport } from '#infrastructure/amocrm/http/amo-transport.js';
import { GrantKeeper } from '#infrastructure/amocrm/http/grant-keeper.js';
import { ServerClock } from '#infrastructure/amocrm/http/server-clock.js';
import { ConfiguredIntegrations } from '#infrastructure/amocrm/oauth/configured-integrations.js';
import { HttpAmoOAuth } from '#infrastructure/amocrm/oauth/http-amo-oauth.js';

/** A budget that is never spent and remembers what was asked of it. */
export class EndlessBudget implements RequestBudget {
  readonly tickets: BudgetTicket[] = [];
  readonly pausesMs: number[] = [];
  /** Requests that were reported to have left. */
  departures = 0;

  async acquire(ticket: BudgetTicket) {
    ticket.signal?.throwIfAborted();
    this.tickets.push(ticket);
    return { lane: ticket.lane, at: Date.now(), waitedMs: 0, left: () => void this.departures++ };
  }

  async slowDown(_key: BudgetKey, pauseMs: number): Promise<void> {
    this.pausesMs.push(pauseMs);
  }
}

export interface TestClient {
  readonly http: AmoHttp;
  readonly oauth: HttpAmoOAuth;
  readonly keeper: GrantKeeper;
  readonly transport: AmoTransport;
  readonly finished: FinishedRequest[];
  /** States that answers brought the connection to. */
  readonly stops: string[];
  close(): Promise<void>;
}

/** The amoCRM client put together as the product does, towards one server. */
export const anAmoClient = (
  grants: AmoGrants,
  config: Partial<AmoClientConfig> & { baseUrl: string },
  budget: RequestBudget = new EndlessBudget(),
): TestClient => {
  const whole: AmoClientConfig = {
    clientId: 'client',
    clientSecret: 'secret',
    kommo: null,
    redirectUri: 'http://127.0.0.1/callback',
    requestsPerSecond: 7,
    accountRequestsPerSecond: 50,
    requestTimeoutMs: 5_000,
    ...config,
  };
  const clock = { now: () => new Date() };
  const transport = new AmoTransport(whole.requestTimeoutMs);
  const oauth = new HttpAmoOAuth(transport, whole, new ConfiguredIntegrations(whole), clock);
  const keeper = new GrantKeeper(grants, oauth, clock);
  const finished: FinishedRequest[] = [];
  const stops: string[] = [];
  const observer = {
    requestFinished: (request: FinishedRequest) => void finished.push(request),
    stopped: (state: string) => void stops.push(state),
  };
  const http = new AmoHttp({ transport, budget, keeper, grants, clock: new ServerClock(), observer, clientId: 'test' });
  return { http, oauth, keeper, transport, finished, stops, close: () => transport.close() };
};
