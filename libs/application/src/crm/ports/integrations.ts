import type { WorkspaceId } from '#domain/shared/ids.js';

/** An OAuth integration whose secret this server knows. */
export interface Integration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  /** The one workspace that may use it; absent for a configured one, which serves all. */
  readonly owner?: WorkspaceId;
}

/** True when the integration may speak for the workspace: a secret that one of them brought says nothing about another. */
export const serves = ({ owner }: Integration, workspaceId: WorkspaceId): boolean =>
  owner === undefined || owner === workspaceId;

/** The integrations whose secrets this server knows: the configured one and external ones delivered to it. */
export interface Integrations {
  find(clientId: string): Promise<Integration | null>;
}

export const INTEGRATIONS = Symbol('Integrations');
