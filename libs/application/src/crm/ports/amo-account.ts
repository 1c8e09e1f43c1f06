import type { AccountDirectory } from '#domain/crm/directory.js';
import type { Platform } from '#domain/crm/connection-state.js';
import type { AmoGrant, TokenPair } from './amo-grants.js';
import type { Integration } from './integrations.js';

/** A consent page to open. */
export interface Consent {
  readonly platform: Platform;
  readonly clientId: string;
  readonly state: string;
}

/** amoCRM's OAuth 2.0 (amoCRM API: oAuth 2.0). */
export interface AmoOAuth {
  /** Address of the platform's consent page. */
  consentUrl(consent: Consent): string;
  /** True when an account at this host may be sent our secret: amoCRM's and Kommo's domains, or the configured sandbox. */
  isAllowedHost(host: string): boolean;
  /**
   * Origin of the account at `host`, e.g. `https://example.amocrm.ru`; http only for the configured sandbox.
   * @throws AppError `crm.host_not_allowed`
   */
  originOf(host: string): string;
  /**
   * Exchange an authorization code (20 minutes, single use).
   * @throws AppError `crm.oauth_refused` when amoCRM refuses it, `crm.unreachable` when it does not answer
   */
  exchangeCode(origin: string, code: string, integration: Integration): Promise<TokenPair>;
  /** @throws AppError `crm.reconnect_needed` when the refresh token is dead, `crm.unreachable` otherwise */
  refresh(grant: AmoGrant, refreshToken: string): Promise<TokenPair>;
}
export const AMO_OAUTH = Symbol('AmoOAuth');

/** Reads and prepares the account of the current workspace; same errors as `AmoDeals`. */
export interface AmoAccounts {
  /** Account id behind a fresh pair, before anything is stored. */
  identify(
    origin: string,
    accessToken: string,
  ): Promise<{ readonly accountId: number; readonly name: string; readonly subdomain: string }>;
  /**
   * Ask amoCRM once whether the connection works, whatever state it is in; the state that follows is recorded. A `write`
   * is one that changes nothing: amoCRM goes on answering reads for a while after the subscription has ended.
   */
  probe(kind: 'read' | 'write'): Promise<void>;
  /** The whole directory, all pages; about seven requests in the lane of a waiting person. */
  readDirectory(): Promise<AccountDirectory>;
  /** Id of the deal field that marks copies (`MARKER_FIELD_CODE`), made when it is missing. */
  ensureMarkerField(): Promise<number>;
}
export const AMO_ACCOUNTS = Symbol('AmoAccounts');
