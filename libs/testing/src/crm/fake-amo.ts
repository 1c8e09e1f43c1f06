import { AppError, type ErrorSpec } from '#domain/shared/app-error.js';
import type { AccountDirectory } from '#domain/crm/directory.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { AmoAccounts, AmoOAuth } from '#application/crm/ports/amo-account.js';
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

/** amoCRM as the application sees it, scripted: one account behind every allowed host. */
export class FakeAmo implements AmoOAuth, AmoAccounts {
  readonly clientId: string | null = 'client-1';
  account = { accountId: 31, name: 'Ромашка', subdomain: 'demo' };
  directory = aDirectory();
  markerFieldId = 900;
  /** How often each method was called. */
  readonly calls = { exchangeCode: 0, readDirectory: 0 };
  /** Kinds of the probes so far, and what each of them does. */
  readonly probes: ('read' | 'write')[] = [];
  whenProbed: () => Promise<void> = () => Promise.resolve();
  /** Thrown by the next code exchange. */
  refusal: ErrorSpec | null = null;

  consentUrl(state: string): string {
    return `https://www.amocrm.ru/oauth?client_id=${this.clientId}&state=${state}`;
  }

  isAllowedHost(host: string): boolean {
    return host.endsWith('.amocrm.ru');
  }

  originOf(host: string): string {
    return `https://${host}`;
  }

  exchangeCode(_origin: string, code: string): Promise<TokenPair> {
    this.calls.exchangeCode++;
    if (this.refusal) throw new AppError(this.refusal);
    return Promise.resolve(aPair(code));
  }

  refresh(): Promise<TokenPair> {
    throw new AppError(crmErrors['crm.reconnect_needed']);
  }

  identify(): Promise<typeof this.account> {
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
