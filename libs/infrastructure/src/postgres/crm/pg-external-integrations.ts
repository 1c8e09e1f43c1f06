import { Inject, Injectable } from '@nestjs/common';
import type {
  ButtonPresser,
  ExternalIntegration,
  ExternalIntegrations,
  SecretsTaken,
} from '#application/crm/ports/external-integrations.js';
import type { Integration } from '#application/crm/ports/integrations.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { SECRET_BOX, type SecretBox } from '#application/shared/ports/secret-box.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';
import {
  EXTERNAL_COLUMNS,
  externalFromRow,
  type ExternalIntegrationRow,
  secretContext,
} from './external-integration.row.js';

const PRESSER = `
  SELECT s.workspace_id AS "workspaceId", s.user_id AS "userId" FROM oauth_states s
  WHERE s.state_hash = decode($1, 'hex') AND s.kind = 'external' AND s.expires_at > now()
  UNION ALL
  SELECT e.workspace_id, NULL FROM external_integrations e WHERE e.state_hash = decode($1, 'hex')
  LIMIT 1`;

// The row of the sign-in is asked again: it may have ended since the workspace was looked up. Of two deliveries, or two
// workspaces with one client id, the first is stored, whoever waits for it.
const INSERT = `
  INSERT INTO external_integrations (workspace_id, client_id, client_secret, redirect_uri, state_hash)
  SELECT s.workspace_id, $3, $4, $5, s.state_hash FROM oauth_states s
  WHERE s.workspace_id = $1 AND s.state_hash = decode($2, 'hex') AND s.kind = 'external' AND s.expires_at > now()
  ON CONFLICT DO NOTHING`;

const FORGET_UNUSED = `
  DELETE FROM external_integrations e
  WHERE e.workspace_id = $1
    AND (e.state_hash = decode($2, 'hex') OR $2::text IS NULL AND e.delivered_at < now() - interval '1 hour')
    AND NOT EXISTS (SELECT FROM amo_connections c
      WHERE c.workspace_id = $1 AND c.client_id = e.client_id AND c.access_token IS NOT NULL)
    AND NOT EXISTS (SELECT FROM amo_reserve_grants r WHERE r.workspace_id = $1 AND r.client_id = e.client_id)`;

/** External integrations as rows, their secrets sealed. */
@Injectable()
export class PgExternalIntegrations implements ExternalIntegrations {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    private readonly system: SystemSql,
  ) {}

  async presserOf(stateHash: string): Promise<ButtonPresser | null> {
    const [presser] = await this.system.rows<ButtonPresser>(PRESSER, [stateHash]);
    return presser ?? null;
  }

  async take(stateHash: string, { clientId, clientSecret, redirectUri }: Integration): Promise<SecretsTaken> {
    const workspaceId = this.context.workspaceId();
    const sealed = this.box.seal(clientSecret, secretContext(workspaceId, clientId));
    const values = [workspaceId, stateHash, clientId, sealed, redirectUri];
    if ((await currentSession().affected(INSERT, values)) === 1) return 'stored';
    const row = await currentSession().first<ExternalIntegrationRow>(
      `SELECT ${EXTERNAL_COLUMNS} FROM external_integrations
       WHERE workspace_id = $1 AND state_hash = decode($2, 'hex')`,
      [workspaceId, stateHash],
    );
    if (!row) return 'refused';
    const known = externalFromRow(row, this.box);
    return known.clientId === clientId && known.clientSecret === clientSecret ? 'known' : 'refused';
  }

  ofState(stateHash: string): Promise<ExternalIntegration | null> {
    return this.read(`state_hash = decode($1, 'hex')`, stateHash);
  }

  find(clientId: string): Promise<ExternalIntegration | null> {
    return this.read('client_id = $1', clientId);
  }

  async forgetUnused(stateHash: string | null): Promise<void> {
    await currentSession().affected(FORGET_UNUSED, [this.context.workspaceId(), stateHash]);
  }

  // As the system: who asks has a state or a client id, and no workspace yet.
  private async read(condition: string, value: string): Promise<ExternalIntegration | null> {
    const [row] = await this.system.rows<ExternalIntegrationRow>(
      `SELECT ${EXTERNAL_COLUMNS} FROM external_integrations WHERE ${condition}`,
      [value],
    );
    return row ? externalFromRow(row, this.box) : null;
  }
}
