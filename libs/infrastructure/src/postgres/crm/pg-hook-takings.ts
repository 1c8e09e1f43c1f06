import { Injectable } from '@nestjs/common';
import type { HookTakings, ProcessTaking } from '#application/crm/ports/hook-takings.js';
import { SystemSql } from '../shared/system-sql.js';

// Rows that another process holds are skipped: two processes that clear up after each other must not wait for each other.
const EXCHANGE = `
  WITH told AS (
    INSERT INTO hook_takings (process_id, token_id, taken)
    SELECT $1, t.token_id, t.taken FROM unnest($2::uuid[], $3::bigint[]) AS t (token_id, taken)
    ON CONFLICT (process_id, token_id) DO UPDATE SET taken = hook_takings.taken + excluded.taken, told_at = now()
  ), forgotten AS (
    DELETE FROM hook_takings WHERE (process_id, token_id) IN (
      SELECT process_id, token_id FROM hook_takings
      WHERE told_at < now() - interval '1 minute' AND process_id <> $1 FOR UPDATE SKIP LOCKED)
  )
  SELECT process_id AS "processId", token_id AS "tokenId", taken::float8 AS taken FROM hook_takings WHERE process_id <> $1`;

/** The takings of all processes in one small table, told and read in one statement. */
@Injectable()
export class PgHookTakings implements HookTakings {
  constructor(private readonly system: SystemSql) {}

  exchange(
    processId: string,
    takings: readonly { readonly tokenId: string; readonly count: number }[],
  ): Promise<readonly ProcessTaking[]> {
    return this.system.rows<ProcessTaking>(EXCHANGE, [
      processId,
      takings.map(({ tokenId }) => tokenId),
      takings.map(({ count }) => count),
    ]);
  }
}
