import type { ConnectionLimits } from '#domain/crm/connection-limits.js';
import type { ConnectionState, Platform } from '#domain/crm/connection-state.js';
import type { Advice } from '../../connection/connection-advice.js';

/** What is stored of a connection, without its tokens. Times are ISO 8601. */
export interface ConnectionRow {
  readonly state: ConnectionState;
  readonly since: string;
  /** What amoCRM said when the connection ceased to work; for support, not for switching on. */
  readonly reason: string | null;
  readonly account: ConnectedAccount;
  readonly limits: ConnectionLimits;
}

export interface ConnectedAccount {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly platform: Platform;
}

/** What is in force: the account's own limits, else the server's. */
export interface LimitsView {
  readonly requestsPerSecond: number;
  readonly accountRequestsPerSecond: number;
}

export interface ConnectionView {
  readonly state: ConnectionState;
  /** Null when the workspace was never connected. */
  readonly since: string | null;
  readonly reason: string | null;
  readonly account: ConnectedAccount | null;
  readonly limits: LimitsView;
  /** What a person should do, in the caller's language; null when all is well. */
  readonly nextStep: Advice | null;
}
