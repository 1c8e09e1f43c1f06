import { Injectable } from '@nestjs/common';
import type { Platform } from '#domain/crm/connection-state.js';
import type { IntegrationKind } from '#domain/crm/integration-kind.js';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { OAuthStarter, OAuthStates, PendingConnection } from '#application/crm/ports/oauth-states.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface StateRow {
  workspace_id: WorkspaceId;
  user_id: UserId | null;
  kind: IntegrationKind;
  platform: Platform;
  account_origin: string | null;
  live: boolean;
}

const COLUMNS = 's.workspace_id, s.user_id, s.kind, s.platform, s.account_origin, s.expires_at > now() AS live';

const FIND_SOLE = `
  SELECT ${COLUMNS} FROM oauth_states s
  WHERE s.account_origin = $1 AND s.kind = 'configured' AND s.expires_at > now()
    AND NOT EXISTS (SELECT FROM amo_connections c WHERE c.workspace_id <> s.workspace_id)
    AND NOT EXISTS (SELECT FROM oauth_states o WHERE o.workspace_id <> s.workspace_id AND o.expires_at > now())
  ORDER BY s.expires_at DESC LIMIT 1`;

/** States as rows; redeeming deletes, so of two callbacks with one state exactly one gets it. */
@Injectable()
export class PgOAuthStates implements OAuthStates {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async add(stateHash: string, pending: PendingConnection, lifeMs: number): Promise<void> {
    // Those that nobody came back with go on the way.
    await currentSession().affected('DELETE FROM oauth_states WHERE workspace_id = $1 AND expires_at < now()', [
      this.context.workspaceId(),
    ]);
    await currentSession().affected(
      `INSERT INTO oauth_states (workspace_id, state_hash, user_id, kind, platform, account_origin, expires_at)
       VALUES ($1, decode($2, 'hex'), $3, $4, $5, $6, now() + $7 * interval '1 millisecond')`,
      [
        this.context.workspaceId(),
        stateHash,
        pending.userId,
        pending.kind,
        pending.platform,
        pending.accountOrigin,
        lifeMs,
      ],
    );
  }

  async find(stateHash: string): Promise<OAuthStarter | null> {
    const [row] = await this.system.rows<StateRow>(
      `SELECT ${COLUMNS} FROM oauth_states s WHERE s.state_hash = decode($1, 'hex')`,
      [stateHash],
    );
    return row?.live ? starterOf(row) : null;
  }

  async redeem(stateHash: string): Promise<OAuthStarter | null> {
    const [row] = await this.system.rows<StateRow>(
      `DELETE FROM oauth_states s WHERE s.state_hash = decode($1, 'hex') RETURNING ${COLUMNS}`,
      [stateHash],
    );
    return row?.live ? starterOf(row) : null;
  }

  async findSole(accountOrigin: string): Promise<OAuthStarter | null> {
    const [row] = await this.system.rows<StateRow>(FIND_SOLE, [accountOrigin]);
    return row ? starterOf(row) : null;
  }
}

const starterOf = (row: StateRow): OAuthStarter => ({
  workspaceId: row.workspace_id,
  userId: row.user_id,
  kind: row.kind,
  platform: row.platform,
  accountOrigin: row.account_origin,
});
