import type { Platform } from '#domain/crm/connection-state.js';
import type { Integration } from './integrations.js';

/** Our integrations at amoCRM and Kommo, from the configuration. */
export interface AmoIntegration {
  /** Null until the operator has made one. One that is made for amoCRM only serves Kommo too. */
  configured(platform: Platform): Integration | null;
}
export const AMO_INTEGRATION = Symbol('AmoIntegration');
