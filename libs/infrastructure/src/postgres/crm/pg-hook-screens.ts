import { Injectable } from '@nestjs/common';
import {
  type HookCardRow,
  type HookFilter,
  type HookScreens,
  MAX_HOOK_RUNS,
} from '#application/crm/ports/hook-screens.js';
import type { HookRunView } from '#application/crm/queries/get-hook/get-hook.view.js';
import type { HookView } from '#application/crm/queries/list-hooks/list-hooks.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';
import { pageOf, startOf } from './id-pages.js';
import { iso } from './iso-column.js';

const COLUMNS = `h.id, h.token_id AS "hookTokenId", ${iso('h.received_at', 'receivedAt')}, h.content_type AS "contentType",
  h.size_bytes AS "sizeBytes", h.state, h.outcome, h.reading -> 'events' -> 0 AS event, h.attempts,
  coalesce(r.run, 0) AS "runCount", coalesce(r.operation_ids, '{}') AS "operationIds"`;

// The last run of each hook of the page; one look into an index each.
const LAST_RUN = `LEFT JOIN LATERAL (
    SELECT run, operation_ids FROM hook_runs
    WHERE workspace_id = h.workspace_id AND hook_id = h.id AND received_at = h.received_at ORDER BY run DESC LIMIT 1
  ) r ON true`;

type CardFields = Omit<HookCardRow, 'runs' | 'body'> & { readonly body: Buffer | null };

/** Lists and cards of inbound hooks. UUID v7 keys are in the order of time, so the key alone is the cursor. */
@Injectable()
export class PgHookScreens implements HookScreens {
  constructor(private readonly context: CurrentContext) {}

  async hooks({ limit, cursor }: PageRequest, filter: HookFilter): Promise<Page<HookView>> {
    const { conditions, values } = conditionsOf(filter, [this.context.workspaceId(), startOf(cursor), limit + 1]);
    const rows = await currentSession().rows<HookView>(
      `SELECT ${COLUMNS} FROM (
         SELECT * FROM hook_inbox h WHERE workspace_id = $1 AND ($2::uuid IS NULL OR id < $2) ${conditions}
         ORDER BY id DESC LIMIT $3
       ) h ${LAST_RUN} ORDER BY h.id DESC`,
      values,
    );
    return pageOf(rows, limit);
  }

  async hook(id: string, withBody: boolean): Promise<HookCardRow | null> {
    const workspaceId = this.context.workspaceId();
    const row = await currentSession().first<CardFields>(
      `SELECT ${COLUMNS}, h.reading, CASE WHEN $3::boolean THEN h.body END AS body
       FROM hook_inbox h ${LAST_RUN} WHERE h.workspace_id = $1 AND h.id = $2`,
      [workspaceId, id, withBody],
    );
    if (!row) return null;
    const runs = await currentSession().rows<HookRunView>(
      `SELECT run, ${iso('ended_at', 'endedAt')}, state, outcome, operation_ids AS "operationIds" FROM hook_runs
       WHERE workspace_id = $1 AND hook_id = $2 AND received_at = $3::timestamptz ORDER BY run DESC LIMIT ${MAX_HOOK_RUNS}`,
      [workspaceId, id, row.receivedAt],
    );
    return { ...row, runs: runs.reverse() };
  }
}

/** Written out, not `OR $n IS NULL`: the index of just the conditions that are given then serves the list. */
const conditionsOf = (
  { state, outcome, hookTokenId, from, to, about }: HookFilter,
  values: unknown[],
): { readonly conditions: string; readonly values: readonly unknown[] } => {
  const parts: string[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  // A literal, for the index of failed hooks is a partial one. It comes from the list of states, never from a caller.
  if (state !== undefined) parts.push(`state = '${STATE_LITERALS[state]}'`);
  if (outcome !== undefined) parts.push(`outcome = ${bind(outcome)}`);
  if (hookTokenId !== undefined) parts.push(`token_id = ${bind(hookTokenId)}`);
  if (from !== undefined) parts.push(`received_at >= ${bind(from)}::timestamptz`);
  if (to !== undefined) parts.push(`received_at < ${bind(to)}::timestamptz`);
  if (about !== undefined)
    parts.push(`(id, received_at) IN (
      SELECT hook_id, received_at FROM hook_entities
      WHERE workspace_id = $1 AND entity = ${bind(about.entity)} AND entity_id = ${bind(about.id)})`);
  return { conditions: parts.map((part) => `AND ${part}`).join(' '), values };
};

const STATE_LITERALS: Readonly<Record<NonNullable<HookFilter['state']>, string>> = {
  new: 'new',
  queued: 'queued',
  dispatched: 'dispatched',
  ignored: 'ignored',
  failed: 'failed',
};
