import type { Platform } from '#domain/crm/connection-state.js';
import type { IntegrationKind } from '#domain/crm/integration-kind.js';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';

/** A connection that was begun and waits for its code. */
export interface PendingConnection {
  readonly userId: UserId | null;
  /** An `external` one waits for the secrets of its integration, too. */
  readonly kind: IntegrationKind;
  readonly platform: Platform;
  /** Origin of the one account that is waited for, null when none was named. */
  readonly accountOrigin: string | null;
}

/** Who asked to connect: the callback from amoCRM carries nothing but the state. */
export interface OAuthStarter extends PendingConnection {
  readonly workspaceId: WorkspaceId;
}

/** States of consent pages that are open at amoCRM, by hash. */
export interface OAuthStates {
  /** Remember a state of the current workspace for `lifeMs`, in the open transaction. */
  add(stateHash: string, pending: PendingConnection, lifeMs: number): Promise<void>;
  /** Who waits with this state, which stays; null when it is unknown, used or expired. */
  find(stateHash: string): Promise<OAuthStarter | null>;
  /** Use a state up, in a transaction of its own; null when it is unknown, used or expired. */
  redeem(stateHash: string): Promise<OAuthStarter | null>;
  /**
   * Who waits for exactly this account through a configured integration, when that workspace is the only one of this server that waits for anything or
   * has ever been connected; else null.
   */
  findSole(accountOrigin: string): Promise<OAuthStarter | null>;
}
export const OAUTH_STATES = Symbol('OAuthStates');
