import type { WorkspaceId } from '#domain/shared/ids.js';
import type { ExternalIntegration } from '#application/crm/ports/external-integrations.js';
import type { SecretBox } from '#application/shared/ports/secret-box.js';
import { currentSession } from '../shared/session.js';

export interface ExternalIntegrationRow {
  workspace_id: WorkspaceId;
  client_id: string;
  client_secret: string;
  redirect_uri: string;
}

export const EXTERNAL_COLUMNS = 'workspace_id, client_id, client_secret, redirect_uri';

/** Bound to workspace and integration: a sealed secret that is moved to another row does not open there. */
export const secretContext = (workspaceId: WorkspaceId, clientId: string): string =>
  `amocrm-integration:${workspaceId}:${clientId}`;

export const externalFromRow = (row: ExternalIntegrationRow, box: SecretBox): ExternalIntegration => ({
  owner: row.workspace_id,
  clientId: row.client_id,
  clientSecret: box.open(row.client_secret, secretContext(row.workspace_id, row.client_id)),
  redirectUri: row.redirect_uri,
});

/** Forget the secrets of integrations that have lost their last grant, in the open transaction. */
export const forgetSecrets = async (workspaceId: WorkspaceId, clientIds: readonly string[]): Promise<void> => {
  if (clientIds.length === 0) return;
  await currentSession().affected(
    'DELETE FROM external_integrations WHERE workspace_id = $1 AND client_id = ANY ($2::text[])',
    [workspaceId, clientIds],
  );
};

/** Seal the workspace's secrets under the present key, in the open transaction, where they are not yet. */
export const resealSecrets = async (workspaceId: WorkspaceId, box: SecretBox): Promise<void> => {
  const rows = await currentSession().rows<ExternalIntegrationRow>(
    `SELECT ${EXTERNAL_COLUMNS} FROM external_integrations WHERE workspace_id = $1`,
    [workspaceId],
  );
  for (const row of rows.filter(({ client_secret: sealed }) => !box.isCurrent(sealed))) {
    const { clientId, clientSecret } = externalFromRow(row, box);
    await currentSession().affected(
      'UPDATE external_integrations SET client_secret = $3 WHERE workspace_id = $1 AND client_id = $2',
      [workspaceId, clientId, box.seal(clientSecret, secretContext(workspaceId, clientId))],
    );
  }
};
