import { AppError, type ErrorSpec } from '#domain/shared/app-error.js';
import type { AccountDirectory } from '#domain/crm/directory.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { Platform } from '#domain/crm/connection-state.js';
import type { AmoIntegration } from '#application/crm/ports/amo-integration.js';
import type { Integration, Integrations } from '#application/crm/ports/integrations.js';
import type { AmoAccounts, AmoOAuth, Consent } from '#application/crm/ports/amo-account.js';
import type { TokenPair } from '#application/crm/ports/amo-grants.js';

/** A small directory; `overrides` replace whole parts. */
export const aDirectory = (overrides: Partial<AccountDirectory> = {}): AccountDirectory => ({
  account: { id: 31, name: 'Ромашка', subdomain: 'demo', timeZone: 'Europe/Moscow', filtersEnabled: true },
  pipelines: [
    {
      id: 3,
      name: 'Продажи',
      isMain: true,
      isArchived: false,
      stages: [
        { id: 7, name: 'Новая', kind: 'working' },
        { id: 142, name: 'Успешно', kind: 'won' },
        { id: 143, name: 'Закрыто', kind: 'lost' },
      ],
    },
  ],
  users: [{ id: 5, name: 'Анна', email: 'anna@example.com', isActive: true, isAdmin: true }],
  leadFields: [],
  taskTypes: [],
  catalogs: [],
  lossReasons: [],
  fetchedAt: new Date('2026-11-21T09:00:00.000Z'),
  ...overrides,
});

const REDIRECT_URI = 'https://crm.example.com/api/v1/crm/oauth/callback';
const HOST = /^[a-z0-9-]+\.(amocrm\.ru|kommo\.com)$/;

/** amoCRM as the application sees it, scripted: one account behind every allowed host. */
export class FakeAmo implements AmoOAuth, AmoAccounts, AmoIntegration, Integrations {
  /** What the operator configured, by platform; null = nothing. */
  integrations: Record<Platform, Integration | null> = {
    amocrm: { clientId: 'client-1', clientSecret: 'secret-1', redirectUri: REDIRECT_URI },
    kommo: { clientId: 'client-2', clientSecret: 'secret-2', redirectUri: REDIRECT_URI },
  };
  readonly requestsPerSecond = 7;
  readonly accountRequestsPerSecond = 50;
  account = { accountId: 31, name: 'Ромашка', subdomain: 'demo' };
  directory = aDirectory();
  markerFieldId = 900;
  /** How often each method was called. */
  readonly calls = { exchangeCode: 0, readDirectory: 0 };
  /** Kinds of the probes so far, and what each of them does. */
  readonly probes: ('read' | 'write')[] = [];
  whenProbed: () => Promise<void> = () => Promise.resolve();
  /** Code exchanges that were tried, oldest first. */
  readonly exchanged: { readonly origin: string; readonly code: string; readonly clientId: string }[] = [];
  /** Code exchanges are answered when this is. */
  exchanging: Promise<void> = Promise.resolve();
  /** Thrown by `identify`. */
  identifyRefusal: ErrorSpec | null = null;
  /** Thrown by the next code exchange. */
  refusal: ErrorSpec | null = null;

  configured(platform: Platform): Integration | null {
    return this.integrations[platform];
  }

  find(clientId: string): Promise<Integration | null> {
    const known = Object.values(this.integrations).find((one) => one?.clientId === clientId);
    return Promise.resolve(known ?? null);
  }

  consentUrl({ platform, clientId, state }: Consent): string {
    const host = platform === 'kommo' ? 'www.kommo.com' : 'www.amocrm.ru';
    return `https://${host}/oauth?client_id=${clientId}&state=${state}`;
  }

  isAllowedHost(host: string): boolean {
    return HOST.test(host);
  }

  originOf(host: string): string {
    if (!this.isAllowedHost(host)) throw new AppError(crmErrors['crm.host_not_allowed']);
    return `https://${host}`;
  }

  async exchangeCode(origin: string, code: string, { clientId }: Integration): Promise<TokenPair> {
    this.calls.exchangeCode++;
    this.exchanged.push({ origin, code, clientId });
    await this.exchanging;
    if (this.refusal) throw new AppError(this.refusal);
    return aPair(code);
  }

  refresh(): Promise<TokenPair> {
    throw new AppError(crmErrors['crm.reconnect_needed']);
  }

  identify(): Promise<typeof this.account> {
    if (this.identifyRefusal) throw new AppError(this.identifyRefusal);
    return Promise.resolve(this.account);
  }

  async probe(kind: 'read' | 'write'): Promise<void> {
    this.probes.push(kind);
    await this.whenProbed();
  }

  readDirectory(): Promise<AccountDirectory> {
    this.calls.readDirectory++;
    return Promise.resolve(this.directory);
  }

  ensureMarkerField(): Promise<number> {
    return Promise.resolve(this.markerFieldId);
  }
}

/** A pair of tokens that can be told from others by `name`. */
export const aPair = (name: string, accessExpiresAt = new Date('2026-11-22T09:00:00.000Z')): TokenPair => ({
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
  accessExpiresAt,
});
