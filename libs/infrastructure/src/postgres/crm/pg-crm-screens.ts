import { Injectable } from '@nestjs/common';
import type { ConnectionState, Platform } from '#domain/crm/connection-state.js';
import type { CrmScreens } from '#application/crm/ports/crm-screens.js';
import type { ConnectionRow, GrantRow } from '#application/crm/queries/get-connection/get-connection.view.js';
import type { HookTokenView } from '#application/crm/queries/list-hook-tokens/hook-token.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';
import { pageOf, startOf } from './id-pages.js';
import { iso } from './iso-column.js';

const TOKEN_COLUMNS = `id, name, kind, prefix, options, once_within_minutes AS "onceWithinMinutes", created_by AS "createdBy",
  ${iso('created_at', 'createdAt')}, ${iso('last_used_at', 'lastUsedAt')},
  ${iso('replaced_accepted_until', 'replacedAcceptedUntil')}, ${iso('revoked_at', 'revokedAt')}, version`;

// What is in use is told by the connection: with tokens that are refused, it is the last one there was.
const GRANTS = `
  WITH grants AS (
    SELECT amo_user_id, CASE WHEN refresh_token IS NULL THEN 'long_lived' ELSE 'oauth' END AS kind, client_id, granted_at,
      CASE WHEN state = 'reconnect_needed' THEN 'refused' ELSE 'in_use' END AS state
    FROM amo_connections WHERE workspace_id = $1 AND access_token IS NOT NULL
    UNION ALL
    SELECT nullif(amo_user_id, 0), kind, client_id, granted_at, state FROM amo_reserve_grants WHERE workspace_id = $1
  )
  SELECT amo_user_id::float8 AS "userId", kind, client_id AS "clientId", ${iso('granted_at', 'since')}, state,
    EXISTS (SELECT FROM external_integrations e WHERE e.workspace_id = $1 AND e.client_id = grants.client_id) AS "isExternal",
    (SELECT u ->> 'name' FROM amo_directories d, jsonb_array_elements(d.directory -> 'users') u
     WHERE d.workspace_id = $1 AND u ->> 'id' = amo_user_id::text LIMIT 1) AS "userName"
  FROM grants ORDER BY state = 'in_use' DESC, granted_at DESC`;

interface ConnectionFields {
  state: ConnectionState;
  since: string;
  reason: string | null;
  id: string;
  name: string;
  url: string;
  platform: Platform;
  requestsPerSecond: number | null;
  accountRequestsPerSecond: number | null;
}

/** Lists and cards of the crm context. UUID v7 keys are in the order of time, so the key alone is the cursor. */
@Injectable()
export class PgCrmScreens implements CrmScreens {
  constructor(private readonly context: CurrentContext) {}

  async connection(): Promise<ConnectionRow | null> {
    const row = await currentSession().first<ConnectionFields>(
      `SELECT state, ${iso('state_since', 'since')}, state_reason AS reason, account_id AS id, account_name AS name,
         base_url AS url, platform, requests_per_second AS "requestsPerSecond",
         account_requests_per_second AS "accountRequestsPerSecond"
       FROM amo_connections WHERE workspace_id = $1`,
      [this.context.workspaceId()],
    );
    if (!row) return null;
    const grants = await currentSession().rows<GrantRow>(GRANTS, [this.context.workspaceId()]);
    const { state, since, reason, id, name, url, platform, ...limits } = row;
    return { state, since, reason, account: { id: Number(id), name, url, platform }, limits, grants };
  }

  async awaitsSecrets(): Promise<boolean> {
    const waiting = await currentSession().first(
      `SELECT 1 FROM oauth_states s WHERE s.workspace_id = $1 AND s.kind = 'external' AND s.expires_at > now()
         AND NOT EXISTS (SELECT FROM external_integrations e WHERE e.workspace_id = $1 AND e.state_hash = s.state_hash)`,
      [this.context.workspaceId()],
    );
    return waiting !== undefined;
  }

  async hookTokens({ limit, cursor }: PageRequest): Promise<Page<HookTokenView>> {
    const rows = await currentSession().rows<HookTokenView>(
      `SELECT ${TOKEN_COLUMNS} FROM hook_tokens
       WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [this.context.workspaceId(), startOf(cursor), limit + 1],
    );
    return pageOf(rows, limit);
  }

  async hookToken(id: string): Promise<HookTokenView | null> {
    const row = await currentSession().first<HookTokenView>(
      `SELECT ${TOKEN_COLUMNS} FROM hook_tokens WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), id],
    );
    return row ?? null;
  }
}
