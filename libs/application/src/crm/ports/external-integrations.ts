import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { Integration } from './integrations.js';

/** Who pressed the button, as far as it is still known. */
export interface ButtonPresser {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId | null;
}

/** `stored`: taken now; `known`: the very same was taken before; `refused`: not for this sign-in, or not for this workspace. */
export type SecretsTaken = 'stored' | 'known' | 'refused';

/** An integration that belongs to a workspace. */
export type ExternalIntegration = Integration & { readonly owner: WorkspaceId };

/** Integrations that amoCRM made for a workspace and whose secrets it delivered; secrets are sealed at rest. */
export interface ExternalIntegrations {
  /** Whose sign-in with a button this state is: one that waits, or one whose secrets came; across all workspaces. */
  presserOf(stateHash: string): Promise<ButtonPresser | null>;
  /** Keep a delivered integration of the current workspace while its sign-in waits, in the open transaction. */
  take(stateHash: string, integration: Integration): Promise<SecretsTaken>;
  /** The integration of a sign-in, null until it was delivered; across all workspaces. */
  ofState(stateHash: string): Promise<ExternalIntegration | null>;
  /** Across all workspaces. */
  find(clientId: string): Promise<ExternalIntegration | null>;
  /**
   * Forget, in the open transaction, the integration of a sign-in that came to nothing; null = all that have waited for
   * an hour. One that a grant came through stays; it goes with its last grant.
   */
  forgetUnused(stateHash: string | null): Promise<void>;
}
export const EXTERNAL_INTEGRATIONS = Symbol('ExternalIntegrations');
