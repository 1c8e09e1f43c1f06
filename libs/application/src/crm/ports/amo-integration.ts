import type { Platform } from '#domain/crm/connection-state.js';
import type { Integration } from './integrations.js';

/** Our integrations at amoCRM and Kommo, from the configuration. */
export interface AmoIntegration {
  /** Null until the operator has made one. One that is made for amoCRM only serves Kommo too. */
  configured(platform: Platform): Integration | null;
  /** Requests a second that an account may have unless it has limits of its own. */
  readonly requestsPerSecond: number;
  readonly accountRequestsPerSecond: number;
}
export const AMO_INTEGRATION = Symbol('AmoIntegration');
