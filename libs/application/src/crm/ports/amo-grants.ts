import type { ConnectionLimits } from '#domain/crm/connection-limits.js';
import type { ConnectionState } from '#domain/crm/connection-state.js';
import type { WorkspaceId } from '#domain/shared/ids.js';

export type { ConnectionState };

/** The right to call one amoCRM account. Tokens are plain here and sealed at rest; never log one. */
export interface AmoGrant {
  readonly workspaceId: WorkspaceId;
  readonly accountId: number;
  /** Origin of the account, `https://<subdomain>.amocrm.ru`, without a trailing slash. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  /** Null for a long-lived token: it cannot be refreshed. */
  readonly refreshToken: string | null;
  /** What this account may have of amoCRM; absent = as configured. */
  readonly limits?: ConnectionLimits;
}

export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: Date;
}

/** The stored grant of the current workspace, with its refresh serialised across processes. */
export interface AmoGrants {
  /**
   * The grant to call with.
   * @throws AppError `crm.not_connected` | `crm.reconnect_needed` | `crm.account_blocked` | `crm.subscription_ended`
   */
  current(): Promise<AmoGrant>;
  /**
   * Take the right to refresh for `leaseMs`; null while another process holds it. The answered grant is read after
   * the lease was taken: compare its access token with the refused one, somebody may have refreshed meanwhile.
   */
  takeRefreshLease(leaseMs: number): Promise<{ readonly leaseId: string; readonly grant: AmoGrant } | null>;
  /** Store the new pair and end the lease. Must have returned before the new pair is used. */
  saveRefreshed(leaseId: string, pair: TokenPair): Promise<void>;
  releaseRefreshLease(leaseId: string): Promise<void>;
  /** Record that calls cannot succeed until a person acts; raises `crm.connection_changed` when the state is new. */
  markState(state: Exclude<ConnectionState, 'active' | 'disconnected'>, reason: string): Promise<void>;
}
export const AMO_GRANTS = Symbol('AmoGrants');
