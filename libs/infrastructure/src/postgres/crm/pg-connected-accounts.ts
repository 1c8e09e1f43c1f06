import { Injectable } from '@nestjs/common';
import type { AmoUser } from '#domain/crm/directory.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { ConnectedAccount, ConnectedAccounts } from '#application/crm/ports/connected-accounts.js';
import { SystemSql } from '../shared/system-sql.js';

interface AccountRow {
  readonly workspace_id: WorkspaceId;
  readonly base_url: string;
  readonly person: AmoUser | null;
}

/** Connections as the system sees them: the caller's workspace is what is looked for. */
@Injectable()
export class PgConnectedAccounts implements ConnectedAccounts {
  constructor(private readonly sql: SystemSql) {}

  async find(
    accountId: number,
    clientId: string,
    userId: number,
    owner?: WorkspaceId,
  ): Promise<readonly ConnectedAccount[]> {
    // One person out of the directory, not the whole of it: an account may have hundreds of users and fields.
    const rows = await this.sql.rows<AccountRow>(
      `SELECT c.workspace_id, c.base_url,
         (SELECT u FROM jsonb_array_elements(d.directory -> 'users') AS u WHERE u -> 'id' = to_jsonb($3::bigint) LIMIT 1) AS person
       FROM amo_connections c LEFT JOIN amo_directories d ON d.workspace_id = c.workspace_id
       WHERE c.account_id = $1 AND ($4::uuid IS NULL OR c.workspace_id = $4) AND c.state <> 'disconnected' AND (c.client_id = $2 OR EXISTS (
         SELECT FROM amo_reserve_grants r WHERE r.workspace_id = c.workspace_id AND r.client_id = $2 AND r.state = 'spare'))
       LIMIT 2`,
      [accountId, clientId, userId, owner ?? null],
    );
    return rows.map(({ workspace_id, base_url, person }) => ({
      workspaceId: workspace_id,
      baseUrl: base_url,
      person: person && { name: person.name, email: person.email, isActive: person.isActive },
    }));
  }

  async origins(): Promise<readonly string[]> {
    const rows = await this.sql.rows<{ base_url: string }>(
      `SELECT DISTINCT base_url FROM amo_connections WHERE state <> 'disconnected'`,
    );
    return rows.map(({ base_url }) => base_url);
  }
}
