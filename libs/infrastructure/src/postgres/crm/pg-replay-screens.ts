import { Injectable } from '@nestjs/common';
import type { ReplayScreens } from '#application/crm/ports/hook-screens.js';
import type {
  HookReplayView,
  ReplayedHookView,
} from '#application/crm/queries/get-hook-replay/get-hook-replay.view.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import { currentSession } from '../shared/session.js';
import { pageOf, startOf } from './id-pages.js';
import { iso } from './iso-column.js';

const REPLAY = `
  SELECT id, status, ${iso('from_at', 'from')}, ${iso('to_at', 'to')}, states, hook_token_id AS "hookTokenId",
    hook_id AS "hookId", forced AS force, dry_run AS "dryRun", total, handed, skipped, created_by AS "createdBy",
    ${iso('created_at', 'createdAt')}, ${iso('finished_at', 'finishedAt')},
    (SELECT count(*)::int FROM hook_inbox h
     WHERE h.workspace_id = $1 AND h.replay_id = $2 AND h.state IN ('new', 'queued')) AS pending
  FROM hook_replays WHERE workspace_id = $1 AND id = $2`;

/** Replays for their screens. */
@Injectable()
export class PgReplayScreens implements ReplayScreens {
  constructor(private readonly context: CurrentContext) {}

  async replay(id: string): Promise<HookReplayView | null> {
    const values = [this.context.workspaceId(), id];
    const row = await currentSession().first<Omit<HookReplayView, 'outcomes'>>(REPLAY, values);
    if (!row) return null;
    const counts = await currentSession().rows<{ outcome: string; count: number }>(
      `SELECT outcome, count(*)::int AS count FROM hook_runs
       WHERE workspace_id = $1 AND replay_id = $2 GROUP BY outcome ORDER BY outcome`,
      values,
    );
    return { ...row, outcomes: Object.fromEntries(counts.map(({ outcome, count }) => [outcome, count])) };
  }

  async replayed(id: string, { limit, cursor }: PageRequest): Promise<Page<ReplayedHookView>> {
    const rows = await currentSession().rows<ReplayedHookView>(
      `SELECT hook_id AS id, ${iso('received_at', 'receivedAt')}, run, ${iso('ended_at', 'endedAt')}, state, outcome,
         operation_ids AS "operationIds"
       FROM hook_runs WHERE workspace_id = $1 AND replay_id = $2 AND ($3::uuid IS NULL OR hook_id < $3)
       ORDER BY hook_id DESC LIMIT $4`,
      [this.context.workspaceId(), id, startOf(cursor), limit + 1],
    );
    return pageOf(rows, limit);
  }
}
