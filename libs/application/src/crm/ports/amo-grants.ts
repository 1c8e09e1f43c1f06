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
  /** The amoCRM user who gave it, null when its token does not say. */
  readonly amoUserId: number | null;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  /** Null for a long-lived token: it cannot be refreshed. */
  readonly refreshToken: string | null;
  /** What this account may have of amoCRM; absent = as configured. */
  readonly limits?: ConnectionLimits;
  /** Which of the connection's pairs this is; what is learnt about it is recorded for no other. */
  readonly generation: number;
}

/** What a grant is wanted for: a `call` needs a connection that works, a `probe` asks whether it does. */
export type GrantPurpose = 'call' | 'probe';

export interface TokenPair {
  /** The account's new origin, when it was found to have moved. */
  readonly baseUrl?: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: Date;
}

/** The right to exchange the tokens of `grant`, for a while. */
export interface RefreshLease {
  readonly leaseId: string;
  readonly grant: AmoGrant;
}

/** The stored grant of the current workspace, with its refresh serialised across processes. */
export interface AmoGrants {
  /**
   * The grant to call with, the default purpose.
   * @throws AppError `crm.not_connected`; for a call also `crm.reconnect_needed` | `crm.account_blocked` |
   *   `crm.subscription_ended`
   */
  current(purpose?: GrantPurpose): Promise<AmoGrant>;
  /**
   * Take the right to refresh for `leaseMs`; null while another process holds it. The answered grant is read after
   * the lease was taken: compare its access token with the refused one, somebody may have refreshed meanwhile.
   */
  takeRefreshLease(leaseMs: number, purpose?: GrantPurpose): Promise<RefreshLease | null>;
  /**
   * Store the new pair and end the lease. Must have returned before the new pair is used.
   * @returns the generation of the stored pair; that of the lease's grant when it was not worth storing
   */
  saveRefreshed(lease: RefreshLease, pair: TokenPair): Promise<number>;
  releaseRefreshLease(leaseId: string): Promise<void>;
  /**
   * Record that calls cannot succeed until a person acts; raises `crm.connection_changed` when the state is new.
   * A grant that needs `reconnect_needed` is replaced by one in reserve, if there is any, and the state stays.
   * Ignored when the connection has other tokens by now than the grant that was refused.
   */
  markState(
    state: Exclude<ConnectionState, 'active' | 'disconnected'>,
    reason: string,
    refused: AmoGrant,
  ): Promise<void>;
  /** Record that a call with this grant was let in; raises `crm.connection_changed` when there was trouble. */
  markWorking(grant: AmoGrant): Promise<void>;
}
export const AMO_GRANTS = Symbol('AmoGrants');
