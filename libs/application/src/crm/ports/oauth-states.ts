import type { UserId, WorkspaceId } from '#domain/shared/ids.js';

/** Who asked to connect: the callback from amoCRM carries nothing but the state. */
export interface OAuthStarter {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId | null;
}

/** States of consent pages that are open at amoCRM, by hash. */
export interface OAuthStates {
  /** Remember a state of the current workspace for `lifeMs`, in the open transaction. */
  add(stateHash: string, userId: UserId | null, lifeMs: number): Promise<void>;
  /** Use a state up, in a transaction of its own; null when it is unknown, used or expired. */
  redeem(stateHash: string): Promise<OAuthStarter | null>;
}
export const OAUTH_STATES = Symbol('OAuthStates');
