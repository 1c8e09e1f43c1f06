import { Injectable } from '@nestjs/common';
import type { HookRetention } from '#application/crm/ports/hook-retention.js';
import { SystemSql } from '../shared/system-sql.js';

// Each makes or drops one partition, or deletes a slice; a backlog of any size is worked off over the hours.
const MAX_STEPS = 2_000;

/** Daily partitions of hooks; the steps themselves are a function of the migration's, for the application owns no table. */
@Injectable()
export class PgHookRetention implements HookRetention {
  constructor(private readonly sql: SystemSql) {}

  async keep(retentionDays: number): Promise<void> {
    for (let step = 0; step < MAX_STEPS; step++) {
      const [row] = await this.sql.rows<{ done: string | null }>('SELECT sdelka_keep_hook_partitions($1) AS done', [
        retentionDays,
      ]);
      if (!row?.done || row.done === 'busy') break;
    }
    await this.sql.rows(
      `DELETE FROM hook_replays WHERE status <> 'running' AND created_at < now() - $1 * interval '1 day'`,
      [retentionDays],
    );
  }
}
