import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { AmoConnection } from '#domain/crm/amo-connection.js';
import type { AmoConnections } from '#application/crm/ports/amo-connections.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { SECRET_BOX, type SecretBox } from '#application/shared/ports/secret-box.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';
import { type AmoConnectionRow, CONNECTION_COLUMNS, contextOf, fromRow, toValues } from './amo-connection.row.js';
import { forgetSecrets, resealSecrets } from './external-integration.row.js';
import { DELETE_RESERVE, INSERT_RESERVE, reserveToValues } from './reserve-grant.row.js';

const SELECT = `SELECT ${CONNECTION_COLUMNS} FROM amo_connections c WHERE c.workspace_id = $1`;

const INSERT = `
  INSERT INTO amo_connections (workspace_id, account_id, account_name, base_url, platform, client_id, state, state_since,
    state_reason, access_token, refresh_token, access_expires_at, grant_generation, requests_per_second,
    account_requests_per_second, amo_user_id, granted_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
  ON CONFLICT DO NOTHING`;

// A lease is the right to exchange the stored tokens; it ends with them.
const UPDATE = `
  UPDATE amo_connections SET
    account_id = $2, account_name = $3, base_url = $4, platform = $5, client_id = $6, state = $7, state_since = $8,
    state_reason = $9, access_token = $10, refresh_token = $11, access_expires_at = $12,
    grant_generation = $13, amo_user_id = $16, granted_at = $17,
    refresh_lease_id = CASE WHEN grant_generation = $13 THEN refresh_lease_id END,
    refresh_lease_until = CASE WHEN grant_generation = $13 THEN refresh_lease_until END,
    requests_per_second = $14, account_requests_per_second = $15, version = version + 1, updated_at = now()
  WHERE workspace_id = $1 AND version = $18`;

/** Connections as rows; their tokens are sealed at rest. */
@Injectable()
export class PgAmoConnections implements AmoConnections {
  constructor(
    private readonly context: CurrentContext,
    @Inject(SECRET_BOX) private readonly box: SecretBox,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    private readonly system: SystemSql,
  ) {}

  find(): Promise<AmoConnection | null> {
    return this.read(SELECT);
  }

  lock(): Promise<AmoConnection | null> {
    return this.read(`${SELECT} FOR UPDATE OF c`);
  }

  async save(connection: AmoConnection): Promise<void> {
    const values = toValues(connection, this.box);
    const { version } = connection.facts;
    const written =
      version === 0
        ? await currentSession().affected(INSERT, values)
        : await currentSession().affected(UPDATE, [...values, version]);
    if (written !== 1) throw new AppError(sharedErrors['shared.version_conflict']);
    if (connection.hasNewReserve) await this.saveReserve(connection);
    const { workspaceId } = connection.facts;
    await forgetSecrets(workspaceId, connection.lostClients);
    // Sealed anew with the tokens, for nothing else ever writes them.
    await resealSecrets(workspaceId, this.box);
    await this.outbox.publish(connection.pullEvents());
  }

  private async saveReserve({ facts: { workspaceId, reserve } }: AmoConnection): Promise<void> {
    const seal = (token: string) => this.box.seal(token, contextOf(workspaceId));
    await currentSession().affected(DELETE_RESERVE, [workspaceId]);
    for (const grant of reserve) {
      await currentSession().affected(INSERT_RESERVE, [workspaceId, ...reserveToValues(grant, seal)]);
    }
  }

  async findOfAccount(accountId: number): Promise<readonly WorkspaceId[]> {
    const rows = await this.system.rows<{ workspace_id: WorkspaceId }>(
      'SELECT workspace_id FROM amo_connections WHERE account_id = $1 ORDER BY workspace_id',
      [accountId],
    );
    return rows.map(({ workspace_id }) => workspace_id);
  }

  async findConnectedAt(baseUrl: string) {
    const rows = await this.system.rows<{ workspace_id: WorkspaceId; account_id: string }>(
      `SELECT workspace_id, account_id FROM amo_connections WHERE base_url = $1 AND state <> 'disconnected'`,
      [baseUrl],
    );
    return rows.map((row) => ({ workspaceId: row.workspace_id, accountId: Number(row.account_id) }));
  }

  async findRecoverable(sinceMs: number, limit: number): Promise<readonly WorkspaceId[]> {
    // In no order: with more of them than `limit`, each has its turn sooner or later.
    const rows = await this.system.rows<{ workspace_id: WorkspaceId }>(
      `SELECT workspace_id FROM amo_connections
       WHERE state IN ('blocked', 'subscription_ended') AND state_since < now() - $1 * interval '1 millisecond'
       ORDER BY random() LIMIT $2`,
      [sinceMs, limit],
    );
    return rows.map(({ workspace_id }) => workspace_id);
  }

  private async read(sql: string): Promise<AmoConnection | null> {
    const row = await currentSession().first<AmoConnectionRow>(sql, [this.context.workspaceId()]);
    return row ? fromRow(row, this.box) : null;
  }
}
