import type { AmoTokens } from '#domain/crm/amo-connection.js';
import type { GrantKind, ReserveGrant } from '#domain/crm/reserve-grants.js';

/** A row as JSON: instants and sealed tokens are text. */
export interface ReserveGrantRow {
  client_id: string;
  kind: GrantKind;
  amo_user_id: number;
  state: ReserveGrant['state'];
  granted_at: string;
  access_token: string | null;
  refresh_token: string | null;
  access_expires_at: string | null;
}

/** The reserve of the connection `c`, newest first. */
export const RESERVE_OF_C = `coalesce((
  SELECT json_agg(g ORDER BY g.granted_at DESC) FROM amo_reserve_grants g WHERE g.workspace_id = c.workspace_id), '[]')`;

export const DELETE_RESERVE = 'DELETE FROM amo_reserve_grants WHERE workspace_id = $1';

export const INSERT_RESERVE = `
  INSERT INTO amo_reserve_grants (workspace_id, client_id, kind, amo_user_id, state, granted_at, access_token,
    refresh_token, access_expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

// 0 in the key, since a null is equal to nothing.
const NOBODY = 0;

export const reserveFromRow = (row: ReserveGrantRow, open: (sealed: string) => string): ReserveGrant => ({
  clientId: row.client_id,
  kind: row.kind,
  amoUserId: row.amo_user_id === NOBODY ? null : row.amo_user_id,
  state: row.state,
  grantedAt: new Date(row.granted_at),
  tokens: tokensOf(row, open),
});

const tokensOf = (row: ReserveGrantRow, open: (sealed: string) => string): AmoTokens | null =>
  row.access_token === null || row.access_expires_at === null
    ? null
    : {
        accessToken: open(row.access_token),
        refreshToken: row.refresh_token === null ? null : open(row.refresh_token),
        accessExpiresAt: new Date(row.access_expires_at),
      };

/** Values of the row's columns after the workspace, tokens sealed. */
export const reserveToValues = (grant: ReserveGrant, seal: (token: string) => string): readonly unknown[] => [
  grant.clientId,
  grant.kind,
  grant.amoUserId ?? NOBODY,
  grant.state,
  grant.grantedAt,
  grant.tokens && seal(grant.tokens.accessToken),
  grant.tokens?.refreshToken ? seal(grant.tokens.refreshToken) : null,
  grant.tokens?.accessExpiresAt ?? null,
];
