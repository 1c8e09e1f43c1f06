import type { ConnectionLimits } from '#domain/crm/connection-limits.js';
import type { ConnectionState, Platform } from '#domain/crm/connection-state.js';
import { INTEGRATION_KINDS } from '#domain/crm/integration-kind.js';
import type { GrantKind } from '#domain/crm/reserve-grants.js';
import type { Advice } from '../../connection/connection-advice.js';

/** What is stored of a connection, without its tokens. Times are ISO 8601. */
export interface ConnectionRow {
  readonly state: ConnectionState;
  readonly since: string;
  /** What amoCRM said when the connection ceased to work; for support, not for switching on. */
  readonly reason: string | null;
  readonly account: ConnectedAccount;
  readonly limits: ConnectionLimits;
  /** The one in use first, then the newest. */
  readonly grants: readonly GrantRow[];
}

/** A grant as it is stored; which integrations are configured is not known there. */
export type GrantRow = Omit<GrantView, 'integration'> & { readonly isExternal: boolean };

/** The third: a long-lived token of an integration whose secret this server does not know. */
export const GRANT_INTEGRATIONS = [...INTEGRATION_KINDS, 'other'] as const;
export type GrantIntegration = (typeof GRANT_INTEGRATIONS)[number];

export const GRANT_STATES = ['in_use', 'spare', 'refused'] as const;

/** One administrator's grant, without its tokens. */
export interface GrantView {
  /** The amoCRM user who gave it, where its token says so; his name as the directory knows it. */
  readonly userId: number | null;
  readonly userName: string | null;
  readonly kind: GrantKind;
  readonly clientId: string;
  /** How this server came to know the integration. */
  readonly integration: GrantIntegration;
  readonly since: string;
  readonly state: (typeof GRANT_STATES)[number];
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
  /** The one in use first, then the newest; empty when nothing is connected. */
  readonly grants: readonly GrantView[];
  /** What a person should do, in the caller's language; null when all is well. */
  readonly nextStep: Advice | null;
}
