import type { DataSource } from 'typeorm';
import type { AccountDirectory } from '#domain/crm/directory.js';
import { aDirectory } from './fake-amo.js';

export interface AccountShape {
  readonly workspaceId: string;
  readonly accountId?: number;
  readonly baseUrl?: string;
  readonly clientId?: string;
  readonly state?: string;
  /** Null = the directory was never read. */
  readonly users?: AccountDirectory['users'] | null;
}

/** Store a connected account, by default 31 at demo.amocrm.ru through `client-1`, in place of the workspace's own. */
export const storeAccount = async (
  owner: DataSource,
  {
    workspaceId,
    accountId = 31,
    baseUrl = 'https://demo.amocrm.ru',
    clientId = 'client-1',
    state = 'active',
    users = aDirectory().users,
  }: AccountShape,
): Promise<void> => {
  await owner.query('DELETE FROM amo_directories WHERE workspace_id = $1', [workspaceId]);
  await owner.query('DELETE FROM amo_connections WHERE workspace_id = $1', [workspaceId]);
  await owner.query(
    `INSERT INTO amo_connections (workspace_id, account_id, account_name, base_url, platform, client_id, state,
       state_since, access_token, access_expires_at)
     VALUES ($1, $2, 'Ромашка', $3, 'amocrm', $4, $5, now(), 'sealed', now() + interval '1 day')`,
    [workspaceId, accountId, baseUrl, clientId, state],
  );
  if (users === null) return;
  const { fetchedAt, ...directory } = aDirectory({ users });
  await owner.query(
    `INSERT INTO amo_directories (workspace_id, directory, marker_field_id, fetched_at) VALUES ($1, $2, 900, $3)`,
    [workspaceId, JSON.stringify(directory), fetchedAt],
  );
};
