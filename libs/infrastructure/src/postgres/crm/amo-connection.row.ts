import { AmoConnection, type AmoTokens } from '#domain/crm/amo-connection.js';
import type { ConnectionState, Platform } from '#domain/crm/connection-state.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { SecretBox } from '#application/shared/ports/secret-box.js';
import { RESERVE_OF_C, reserveFromRow, type ReserveGrantRow } from './reserve-grant.row.js';

export interface AmoConnectionRow {
  workspace_id: WorkspaceId;
  /** bigint, which arrives as text. */
  account_id: string;
  account_name: string;
  base_url: string;
  platform: Platform;
  client_id: string;
  state: ConnectionState;
  state_since: Date;
  state_reason: string | null;
  access_token: string | null;
  refresh_token: string | null;
  access_expires_at: Date | null;
  refresh_lease_id: string | null;
  requests_per_second: number | null;
  account_requests_per_second: number | null;
  grant_generation: number;
  amo_user_id: string | null;
  granted_at: Date;
  reserve: readonly ReserveGrantRow[];
  version: number;
}

export const CONNECTION_COLUMNS = `workspace_id, account_id, account_name, base_url, platform, client_id, state, state_since,
  state_reason, access_token, refresh_token, access_expires_at, refresh_lease_id, grant_generation, requests_per_second,
  account_requests_per_second, amo_user_id, granted_at, ${RESERVE_OF_C} AS reserve, version`;

// Bound to the workspace: a sealed token that is moved to another row does not open there.
export const contextOf = (workspaceId: WorkspaceId): string => `amocrm:${workspaceId}`;

/** The aggregate of a row, its tokens opened. */
export const fromRow = (row: AmoConnectionRow, box: SecretBox): AmoConnection =>
  AmoConnection.restore({
    workspaceId: row.workspace_id,
    accountId: Number(row.account_id),
    accountName: row.account_name,
    baseUrl: row.base_url,
    platform: row.platform,
    clientId: row.client_id,
    state: row.state,
    stateSince: row.state_since,
    stateReason: row.state_reason,
    tokens: opened(row, box),
    limits: { requestsPerSecond: row.requests_per_second, accountRequestsPerSecond: row.account_requests_per_second },
    generation: row.grant_generation,
    amoUserId: row.amo_user_id === null ? null : Number(row.amo_user_id),
    grantedAt: row.granted_at,
    reserve: row.reserve.map((one) => reserveFromRow(one, (sealed) => box.open(sealed, contextOf(row.workspace_id)))),
    version: row.version,
  });

const opened = (row: AmoConnectionRow, box: SecretBox): AmoTokens | null => {
  const { access_token: access, refresh_token: refresh, access_expires_at: accessExpiresAt } = row;
  if (access === null || accessExpiresAt === null) return null;
  const context = contextOf(row.workspace_id);
  return {
    accessToken: box.open(access, context),
    refreshToken: refresh === null ? null : box.open(refresh, context),
    accessExpiresAt,
  };
};

/** Values of the columns that saving writes, tokens sealed: state, tokens and what a new grant may have changed. */
export const toValues = (connection: AmoConnection, box: SecretBox): readonly unknown[] => {
  const { workspaceId, tokens, ...facts } = connection.facts;
  const sealed = (token: string | null | undefined) => (token ? box.seal(token, contextOf(workspaceId)) : null);
  return [
    workspaceId,
    facts.accountId,
    facts.accountName,
    facts.baseUrl,
    facts.platform,
    facts.clientId,
    facts.state,
    facts.stateSince,
    facts.stateReason,
    sealed(tokens?.accessToken),
    sealed(tokens?.refreshToken),
    tokens?.accessExpiresAt ?? null,
    facts.generation,
    facts.limits.requestsPerSecond,
    facts.limits.accountRequestsPerSecond,
    facts.amoUserId,
    facts.grantedAt,
  ];
};
