import { Injectable } from '@nestjs/common';
import type { HookState } from '#domain/crm/hook-outcome.js';
import type { HookTokenId, WorkspaceId } from '#domain/shared/ids.js';
import type {
  ClaimedHook,
  HookInbox,
  HookRef,
  HookRunEnd,
  NewHook,
  StoredHook,
} from '#application/crm/ports/hook-inbox.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { currentSession } from '../shared/session.js';
import { SystemSql } from '../shared/system-sql.js';

interface HookRow {
  id: string;
  received_at: Date;
  token_id: HookTokenId;
  state: HookState;
  body: Buffer;
  digest: Buffer;
  attempts: number;
  replays: number;
  forced: boolean;
}

interface ClaimedRow {
  workspace_id: WorkspaceId;
  id: string;
  received_at: Date;
  attempts: number;
  replays: number;
}

const STORE = `
  INSERT INTO hook_inbox (workspace_id, id, token_id, content_type, body, size_bytes, digest, received_at)
  SELECT n.workspace_id, n.id, n.token_id, n.content_type, n.body, length(n.body), n.digest, n.received_at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::timestamptz[])
    AS n (workspace_id, id, token_id, content_type, body, digest, received_at)`;

const CLAIM = `
  UPDATE hook_inbox h SET state = 'queued', queued_at = now(), attempts = h.attempts + 1
  FROM (
    SELECT workspace_id, id, received_at FROM hook_inbox WHERE state = 'new' ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
  ) c
  WHERE h.workspace_id = c.workspace_id AND h.id = c.id AND h.received_at = c.received_at
  RETURNING h.workspace_id, h.id, h.received_at, h.attempts, h.replays`;

// The hook's row is locked: nobody else takes the same number.
const KEEP_RUN = `
  INSERT INTO hook_runs (workspace_id, hook_id, received_at, run, ended_at, state, outcome, operation_ids, replay_id, forced)
  SELECT h.workspace_id, h.id, h.received_at, 1 + coalesce((
      SELECT max(run) FROM hook_runs WHERE workspace_id = $1 AND hook_id = $2 AND received_at = $3::timestamptz), 0),
    $4, $5, $6, $7::uuid[], h.replay_id, h.forced
  FROM hook_inbox h WHERE h.workspace_id = $1 AND h.id = $2 AND h.received_at = $3::timestamptz`;

const KEEP_ENTITIES = `
  INSERT INTO hook_entities (workspace_id, entity, entity_id, hook_id, received_at)
  SELECT $1, e.entity, e.id, $2, $3::timestamptz FROM unnest($4::text[], $5::bigint[]) AS e (entity, id)
  ON CONFLICT DO NOTHING`;

// Claimed again and again for minutes without ending: its job id may be taken by a failed job that the queue keeps.
const CLAIMS_PER_RUN = 10;
// Runs of one replay: far more than a hook is ever claimed in vain.
const RUNS_PER_REPLAY = 1_000;

/** The inbox: one insert for many hooks on the way in, row locks on the way out. */
@Injectable()
export class PgHookInbox implements HookInbox {
  constructor(
    private readonly context: CurrentContext,
    private readonly system: SystemSql,
  ) {}

  async store(hooks: readonly NewHook[]): Promise<void> {
    await this.system.rows(STORE, [
      hooks.map(({ workspaceId }) => workspaceId),
      hooks.map(({ id }) => id),
      hooks.map(({ tokenId }) => tokenId),
      hooks.map(({ contentType }) => contentType),
      hooks.map(({ body }) => bufferOf(body)),
      hooks.map(({ digest }) => bufferOf(digest)),
      hooks.map(({ receivedAt }) => receivedAt),
    ]);
  }

  async claimNewHooks(limit: number): Promise<readonly ClaimedHook[]> {
    const rows = await this.system.rows<ClaimedRow>(CLAIM, [limit]);
    return rows.map(({ workspace_id, id, received_at, attempts, replays }) => ({
      workspaceId: workspace_id,
      hookId: id,
      receivedAt: received_at.toISOString(),
      run: runOf(attempts, replays),
    }));
  }

  requeueStale(olderThanMs: number): Promise<number> {
    return this.system.transact((sql) =>
      sql.affected(
        `UPDATE hook_inbox SET state = 'new', queued_at = NULL
         WHERE state = 'queued' AND queued_at < now() - $1 * interval '1 millisecond'`,
        [olderThanMs],
      ),
    );
  }

  async lock({ hookId, receivedAt }: HookRef): Promise<StoredHook | null> {
    const row = await currentSession().first<HookRow>(
      `SELECT id, received_at, token_id, state, body, digest, attempts, replays, forced FROM hook_inbox
       WHERE workspace_id = $1 AND id = $2 AND received_at = $3::timestamptz FOR UPDATE`,
      [this.context.workspaceId(), hookId, receivedAt],
    );
    return row ? fromRow(row) : null;
  }

  async finish({ hookId, receivedAt }: HookRef, run: HookRunEnd): Promise<void> {
    const { end, endedAt, reading, entities, operationIds } = run;
    const hook = [this.context.workspaceId(), hookId, receivedAt];
    await currentSession().affected(
      `UPDATE hook_inbox SET state = $4, outcome = $5, reading = coalesce($6, reading), queued_at = NULL
       WHERE workspace_id = $1 AND id = $2 AND received_at = $3::timestamptz`,
      [...hook, end.state, end.outcome, reading && JSON.stringify(reading)],
    );
    await currentSession().affected(KEEP_RUN, [...hook, endedAt, end.state, end.outcome, operationIds]);
    if (entities.length > 0)
      await currentSession().affected(KEEP_ENTITIES, [
        ...hook,
        entities.map(({ entity }) => entity),
        entities.map(({ id }) => id),
      ]);
  }

  async hasEarlierTwin({ hookId, receivedAt, tokenId, digest }: StoredHook, withinMs: number): Promise<boolean> {
    // The id decides which one is earlier, not the state: of two that are looked at together exactly one is the twin.
    const twin = await currentSession().first(
      `SELECT 1 FROM hook_inbox
       WHERE workspace_id = $1 AND token_id = $2 AND digest = $3 AND id < $4 AND state <> 'failed'
         AND received_at BETWEEN $5::timestamptz - $6 * interval '1 millisecond' AND $5::timestamptz
       LIMIT 1`,
      [this.context.workspaceId(), tokenId, bufferOf(digest), hookId, receivedAt, withinMs],
    );
    return twin !== undefined;
  }
}

const runOf = (attempts: number, replays: number): number =>
  replays * RUNS_PER_REPLAY + Math.max(0, Math.floor((attempts - 1) / CLAIMS_PER_RUN));

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const fromRow = ({
  id,
  received_at,
  token_id,
  state,
  body,
  digest,
  attempts,
  replays,
  forced,
}: HookRow): StoredHook => ({
  hookId: id,
  run: runOf(attempts, replays),
  receivedAt: received_at.toISOString(),
  tokenId: token_id,
  state,
  body,
  digest,
  forced,
});
