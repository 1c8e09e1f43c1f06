import { Injectable } from '@nestjs/common';
import type { HookReplay, ReplayableState, ReplayScope, ReplayStatus } from '#domain/crm/hook-replay.js';
import type { HookTokenId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { HookReplays, ReplayRef, ReplaySize } from '#application/crm/ports/hook-replays.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface ReplayRow {
  id: string;
  status: ReplayStatus;
  from_at: Date;
  to_at: Date;
  states: ReplayableState[];
  hook_token_id: HookTokenId | null;
  hook_id: string | null;
  forced: boolean;
  dry_run: boolean;
  total: number;
  handed: number;
  skipped: number;
  created_by: UserId | null;
  created_at: Date;
}

const IN_SCOPE = `h.workspace_id = $1 AND h.received_at >= $2 AND h.received_at < $3 AND h.state = ANY ($4::text[])
  AND ($5::uuid IS NULL OR h.token_id = $5) AND ($6::uuid IS NULL OR h.id = $6)`;

// It started something, or a twin of it had: whenever that was, and whatever later runs came to.
const BEGUN = `(h.state = 'dispatched' OR h.outcome = 'duplicate' OR EXISTS (
  SELECT FROM hook_runs r WHERE r.workspace_id = h.workspace_id AND r.hook_id = h.id AND r.received_at = h.received_at
    AND (r.state = 'dispatched' OR r.outcome = 'duplicate')))`;

const MEASURE = `
  SELECT count(*)::int AS total, count(*) FILTER (WHERE begun)::int AS begun
  FROM (SELECT ${BEGUN} AS begun FROM hook_inbox h WHERE ${IN_SCOPE} LIMIT $7) s`;

const HAND_NEXT = `
  WITH slice AS (
    SELECT h.id, h.received_at, $8::boolean OR NOT ${BEGUN} AS runs
    FROM hook_inbox h
    WHERE ${IN_SCOPE}
      AND h.id > coalesce((SELECT after_id FROM hook_replays WHERE workspace_id = $1 AND id = $7),
                          '00000000-0000-0000-0000-000000000000')
    ORDER BY h.id LIMIT $9 FOR UPDATE OF h
  ), handed AS (
    UPDATE hook_inbox h SET state = 'new', outcome = NULL, queued_at = NULL, replays = h.replays + 1, replay_id = $7,
      forced = $8
    FROM slice s WHERE s.runs AND h.workspace_id = $1 AND h.id = s.id AND h.received_at = s.received_at
    RETURNING h.id
  ), skipped AS (
    INSERT INTO hook_runs (workspace_id, hook_id, received_at, run, ended_at, state, outcome, replay_id)
    SELECT $1, s.id, s.received_at, coalesce(max(r.run), 0) + 1, $10, 'ignored', 'already_started', $7
    FROM slice s LEFT JOIN hook_runs r ON r.workspace_id = $1 AND r.hook_id = s.id AND r.received_at = s.received_at
    WHERE NOT s.runs GROUP BY s.id, s.received_at
    RETURNING hook_id
  ), moved AS (
    UPDATE hook_replays SET after_id = coalesce((SELECT id FROM slice ORDER BY id DESC LIMIT 1), after_id),
      handed = handed + (SELECT count(*) FROM handed), skipped = skipped + (SELECT count(*) FROM skipped)
    WHERE workspace_id = $1 AND id = $7
  )
  SELECT count(*)::int AS looked FROM slice`;

/** Replays as rows. */
@Injectable()
export class PgHookReplays implements HookReplays {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async measure(scope: ReplayScope, limit: number): Promise<ReplaySize> {
    const size = await currentSession().first<ReplaySize>(MEASURE, [...this.valuesOf(scope), limit + 1]);
    return size ?? { total: 0, begun: 0 };
  }

  async add({ id, status, scope, createdBy, createdAt, ...replay }: HookReplay): Promise<void> {
    await currentSession().affected(
      `INSERT INTO hook_replays (workspace_id, from_at, to_at, states, hook_token_id, hook_id, id, status, forced, dry_run,
         total, skipped, created_by, created_at, touched_at, finished_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15)`,
      [
        ...this.valuesOf(scope),
        ...[id, status, replay.forced, replay.dryRun, replay.total, replay.skipped, createdBy, createdAt],
        status === 'running' ? null : createdAt,
      ],
    );
  }

  lock(id: string): Promise<HookReplay | null> {
    return this.read(id, 'SKIP LOCKED');
  }

  await(id: string): Promise<HookReplay | null> {
    return this.read(id, '');
  }

  async handNext({ id, scope, forced }: HookReplay, limit: number, at: Date): Promise<number> {
    const row = await currentSession().first<{ looked: number }>(HAND_NEXT, [
      ...this.valuesOf(scope),
      ...[id, forced, limit, at],
    ]);
    return row?.looked ?? 0;
  }

  async pending(id: string): Promise<number> {
    const row = await currentSession().first<{ pending: number }>(
      `SELECT count(*)::int AS pending FROM hook_inbox
       WHERE workspace_id = $1 AND replay_id = $2 AND state IN ('new', 'queued')`,
      [this.context.workspaceId(), id],
    );
    return row?.pending ?? 0;
  }

  async touch(id: string, at: Date): Promise<void> {
    await currentSession().affected('UPDATE hook_replays SET touched_at = $3 WHERE workspace_id = $1 AND id = $2', [
      this.context.workspaceId(),
      id,
      at,
    ]);
  }

  async end(id: string, status: Exclude<ReplayStatus, 'running'>, at: Date): Promise<void> {
    await currentSession().affected(
      'UPDATE hook_replays SET status = $3, finished_at = $4 WHERE workspace_id = $1 AND id = $2',
      [this.context.workspaceId(), id, status, at],
    );
  }

  findRunning(limit: number): Promise<readonly ReplayRef[]> {
    return this.system.rows<{ workspaceId: WorkspaceId; replayId: string }>(
      `SELECT workspace_id AS "workspaceId", id AS "replayId" FROM hook_replays
       WHERE status = 'running' ORDER BY touched_at LIMIT $1`,
      [limit],
    );
  }

  private async read(id: string, whenLocked: 'SKIP LOCKED' | ''): Promise<HookReplay | null> {
    const row = await currentSession().first<ReplayRow>(
      `SELECT id, status, from_at, to_at, states, hook_token_id, hook_id, forced, dry_run, total, handed, skipped,
         created_by, created_at
       FROM hook_replays WHERE workspace_id = $1 AND id = $2 FOR UPDATE ${whenLocked}`,
      [this.context.workspaceId(), id],
    );
    return row ? fromRow(row) : null;
  }

  private valuesOf({ from, to, states, hookTokenId, hookId }: ReplayScope): readonly unknown[] {
    return [this.context.workspaceId(), from, to, states, hookTokenId, hookId];
  }
}

const fromRow = (row: ReplayRow): HookReplay => ({
  id: row.id,
  status: row.status,
  scope: {
    from: row.from_at,
    to: row.to_at,
    states: row.states,
    hookTokenId: row.hook_token_id,
    hookId: row.hook_id,
  },
  forced: row.forced,
  dryRun: row.dry_run,
  total: row.total,
  handed: row.handed,
  skipped: row.skipped,
  createdBy: row.created_by,
  createdAt: row.created_at,
});
