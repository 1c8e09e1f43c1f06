import { Injectable } from '@nestjs/common';
import type { UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { OAuthStarter, OAuthStates } from '#application/crm/ports/oauth-states.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface StateRow {
  workspace_id: WorkspaceId;
  user_id: UserId | null;
  live: boolean;
}

/** States as rows; redeeming deletes, so of two callbacks with one state exactly one gets it. */
@Injectable()
export class PgOAuthStates implements OAuthStates {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async add(stateHash: string, userId: UserId | null, lifeMs: number): Promise<void> {
    // Those that nobody came back with go on the way.
    await currentSession().affected('DELETE FROM oauth_states WHERE workspace_id = $1 AND expires_at < now()', [
      this.context.workspaceId(),
    ]);
    await currentSession().affected(
      `INSERT INTO oauth_states (workspace_id, state_hash, user_id, expires_at)
       VALUES ($1, decode($2, 'hex'), $3, now() + $4 * interval '1 millisecond')`,
      [this.context.workspaceId(), stateHash, userId, lifeMs],
    );
  }

  async redeem(stateHash: string): Promise<OAuthStarter | null> {
    const [row] = await this.system.rows<StateRow>(
      `DELETE FROM oauth_states WHERE state_hash = decode($1, 'hex') RETURNING workspace_id, user_id, expires_at > now() AS live`,
      [stateHash],
    );
    return row?.live ? { workspaceId: row.workspace_id, userId: row.user_id } : null;
  }
}
