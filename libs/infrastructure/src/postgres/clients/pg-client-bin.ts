import { Injectable } from '@nestjs/common';
import type { Client } from '#domain/clients/client.js';
import { clientKeys } from '#domain/clients/client-keys.js';
import type { WorkspaceId } from '#domain/shared/ids.js';
import type { ClientBin } from '#application/clients/ports/client-bin.js';
import type { ClientRules } from '#application/clients/ports/client-rules.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';
import { clientOf, FACTS_COLUMNS, type FactsRow } from './client-rows.js';
import { USUAL_RESTORE_DAYS } from './pg-client-rules-book.js';

const DUE_WORKSPACES = `
  SELECT w.id FROM workspaces w LEFT JOIN client_settings s ON s.workspace_id = w.id
  WHERE EXISTS (SELECT FROM clients c WHERE c.workspace_id = w.id
    AND c.deleted_at < $1::timestamptz - coalesce(s.restore_days, ${USUAL_RESTORE_DAYS}) * interval '24 hours')
  ORDER BY w.id LIMIT $2`;

// Each finds what it removes by an index. Links and unique values leave by their foreign keys.
const REMOVALS = [
  // What is stored goes with the sweeper's next round.
  `UPDATE client_files f SET doomed_at = now() FROM client_entries e
   WHERE e.workspace_id = $1 AND e.client_id = $2 AND f.workspace_id = $1 AND f.entry_id = e.id AND f.doomed_at IS NULL`,
  'DELETE FROM client_entries WHERE workspace_id = $1 AND client_id = $2 AND deleted_at IS NULL',
  'DELETE FROM client_entries WHERE workspace_id = $1 AND client_id = $2 AND deleted_at IS NOT NULL',
  'DELETE FROM clients WHERE workspace_id = $1 AND id = $2',
];

/** Deleted clients as rows, until they are none. */
@Injectable()
export class PgClientBin implements ClientBin {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async dueWorkspaces(at: Date, limit: number): Promise<readonly WorkspaceId[]> {
    const rows = await this.system.rows<{ id: WorkspaceId }>(DUE_WORKSPACES, [at, limit]);
    return rows.map(({ id }) => id);
  }

  async next(before: Date): Promise<Client | null> {
    const workspaceId = this.context.workspaceId();
    const row = await currentSession().first<FactsRow>(
      `SELECT ${FACTS_COLUMNS} FROM clients
       WHERE workspace_id = $1 AND deleted_at IS NOT NULL AND deleted_at < $2
       ORDER BY deleted_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [workspaceId, before],
    );
    return row ? clientOf(workspaceId, row) : null;
  }

  async purge({ facts }: Client, { fields }: ClientRules): Promise<void> {
    await currentSession().affected(
      'DELETE FROM client_keys WHERE workspace_id = $1 AND client_id = $2 AND key = ANY ($3::text[])',
      [facts.workspaceId, facts.id, clientKeys(facts, fields)],
    );
    for (const removal of REMOVALS) await currentSession().affected(removal, [facts.workspaceId, facts.id]);
  }
}
