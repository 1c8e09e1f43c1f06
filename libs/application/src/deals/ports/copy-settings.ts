import type { SessionSettings } from '../copying/chunk-session.js';

/** Leases and settling of the copy engine, from the configuration. */
export interface CopySettings extends SessionSettings {
  /** amoCRM's limit for this account; estimates are made with it. */
  readonly requestsPerSecond: number;
}
export const COPY_SETTINGS = Symbol('CopySettings');
