import type { SessionSettings } from '../copying/chunk-session.js';

/** Leases and settling of the copy engine, from the configuration. */
export type CopySettings = SessionSettings;
export const COPY_SETTINGS = Symbol('CopySettings');
