import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { AmoDealId, CopyItemId, CopyOperationId, HookTokenId, OperationId } from '#domain/shared/ids.js';
import {
  CHUNK_SIZE,
  CHUNKS_IN_FLIGHT,
  chunkCount,
  type CopyStatus,
  type Operation,
  type OperationKind,
} from '#domain/deals/copy-operation.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import type { ChunkRef } from '#application/deals/ports/copy-chunks.js';
import type { CopyOperations, TriggerClaim } from '#application/deals/ports/copy-operations.js';
import { currentSession } from '../shared/session.js';
import { type CopyOperationRow, OPERATION_COLUMNS, operationFrom } from './copy-rows.js';
import { endOperationIfDone, queueWaitingChunks } from './operation-progress.js';

const ENTITY = { copy: 'deals.copy_operation', transfer: 'deals.transfer' } as const;
const NOT_FOUND = {
  copy: dealsErrors['deals.copy_not_found'],
  transfer: dealsErrors['deals.transfer_not_found'],
} as const;

/** Operations of every kind in Postgres. */
@Injectable()
export class PgCopyOperations implements CopyOperations {
  constructor(
    private readonly context: CurrentContext,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async add(
    operation: Operation,
    items: readonly { id: CopyItemId; sourceDealId: AmoDealId }[],
  ): Promise<readonly ChunkRef[]> {
    const sql = currentSession();
    const workspaceId = this.context.workspaceId();
    const { order, lane, status, counts } = operation;
    await sql.affected(
      `INSERT INTO copy_operations (workspace_id, id, status, origin, lane, options, fingerprint, requested_by,
         requester_amo_user_id, hook_token_id, turn_base, total, created_at, kind, undo_of)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        workspaceId,
        order.id,
        status,
        order.origin,
        lane,
        JSON.stringify(order.options),
        order.fingerprint,
        order.requestedBy,
        order.requesterAmoUserId,
        order.hookTokenId,
        order.turnBase,
        counts.total,
        order.at,
        order.kind,
        order.undoOf,
      ],
    );
    await sql.affected(
      `INSERT INTO copy_items (workspace_id, operation_id, seq, id, source_deal_id)
       SELECT $1, $2, i.position - 1, i.id, i.source FROM unnest($3::uuid[], $4::bigint[]) WITH ORDINALITY AS i (id, source, position)`,
      [workspaceId, order.id, items.map(({ id }) => id), items.map(({ sourceDealId }) => sourceDealId)],
    );
    await sql.affected(
      `INSERT INTO copy_chunks (workspace_id, operation_id, chunk, status)
       SELECT $1, $2, n, CASE WHEN n < $4 THEN 'queued' ELSE 'waiting' END FROM generate_series(0, $3::int - 1) AS n`,
      [workspaceId, order.id, chunkCount(counts.total), CHUNKS_IN_FLIGHT],
    );
    await this.outbox.publish(operation.pullEvents());
    await this.audit.record({
      entityType: ENTITY[order.kind],
      entityId: order.id,
      after: {
        total: counts.total,
        origin: order.origin,
        options: order.options,
        ...(order.undoOf && { undoOf: order.undoOf }),
      },
    });
    return Array.from({ length: Math.min(CHUNKS_IN_FLIGHT, chunkCount(counts.total)) }, (_, chunk) => ({
      operationId: order.id,
      chunk,
      run: 1,
    }));
  }

  async lock<K extends OperationKind>(id: OperationId, kind: K): Promise<Operation<K>> {
    const row = await currentSession().first<CopyOperationRow<K>>(
      `SELECT ${OPERATION_COLUMNS} FROM copy_operations WHERE workspace_id = $1 AND id = $2 AND kind = $3 FOR UPDATE`,
      [this.context.workspaceId(), id, kind],
    );
    if (!row) throw new AppError(NOT_FOUND[kind]);
    return operationFrom(row);
  }

  async jobOf(id: OperationId): Promise<Pick<Operation, 'kind' | 'lane'>> {
    const row = await currentSession().first<Pick<Operation, 'kind' | 'lane'>>(
      `SELECT kind, lane FROM copy_operations WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
      [this.context.workspaceId(), id],
    );
    if (!row) throw new AppError(dealsErrors['deals.copy_not_found']);
    return row;
  }

  async findTwin(fingerprint: string, since: Date): Promise<{ id: CopyOperationId; status: CopyStatus } | null> {
    const sql = currentSession();
    const workspaceId = this.context.workspaceId();
    // Two clicks arrive together: the second waits here until the first one's operation can be seen.
    await sql.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `copy-twin:${workspaceId}:${fingerprint}`,
    ]);
    const twin = await sql.first<{ id: CopyOperationId; status: CopyStatus }>(
      `SELECT id, status FROM copy_operations WHERE workspace_id = $1 AND fingerprint = $2 AND created_at > $3 ORDER BY created_at DESC LIMIT 1`,
      [workspaceId, fingerprint, since],
    );
    return twin ?? null;
  }

  async requestCancel(id: OperationId, at: Date): Promise<CopyStatus> {
    const sql = currentSession();
    const key = [this.context.workspaceId(), id];
    const marked = await sql.first<{ kind: OperationKind }>(
      `UPDATE copy_operations SET cancel_requested_at = coalesce(cancel_requested_at, $3) WHERE workspace_id = $1 AND id = $2
       RETURNING kind`,
      [...key, at],
    );
    const unbegun = await sql.affected(
      `UPDATE copy_items i SET status = 'cancelled', finished_at = now() FROM copy_chunks c
       WHERE c.workspace_id = $1 AND c.operation_id = $2 AND c.status = 'waiting'
         AND i.workspace_id = $1 AND i.operation_id = $2 AND i.seq / $3 = c.chunk AND i.status = 'pending' AND i.step = 'new'`,
      [...key, CHUNK_SIZE],
    );
    await sql.affected(`UPDATE copy_operations SET cancelled = cancelled + $3 WHERE workspace_id = $1 AND id = $2`, [
      ...key,
      unbegun,
    ]);
    await sql.affected(
      `UPDATE copy_chunks c SET status = 'done', touched_at = now() WHERE workspace_id = $1 AND operation_id = $2 AND status = 'waiting'
         AND NOT EXISTS (SELECT FROM copy_items i WHERE i.workspace_id = $1 AND i.operation_id = $2 AND i.seq / $3 = c.chunk AND i.status IN ('pending', 'running'))`,
      [...key, CHUNK_SIZE],
    );
    await this.audit.record({
      entityType: ENTITY[marked?.kind ?? 'copy'],
      entityId: id,
      after: { cancelRequestedAt: at.toISOString() },
    });
    return endOperationIfDone(sql, this.context.workspaceId(), id, this.outbox);
  }

  async reopenFailed(id: OperationId): Promise<readonly ChunkRef[]> {
    const sql = currentSession();
    const key = [this.context.workspaceId(), id];
    const reopened = await sql.rows<{ seq: number }>(
      `UPDATE copy_items SET status = 'pending', error = NULL, finished_at = NULL
       WHERE workspace_id = $1 AND operation_id = $2 AND status = 'failed' RETURNING seq`,
      key,
    );
    const chunks = [...new Set(reopened.map(({ seq }) => Math.floor(seq / CHUNK_SIZE)))];
    await sql.affected(
      `UPDATE copy_chunks SET status = 'waiting', run = run + 1, lease_id = NULL, lease_until = NULL, touched_at = now()
       WHERE workspace_id = $1 AND operation_id = $2 AND chunk = ANY($3::int[])`,
      [...key, chunks],
    );
    const opened = await sql.first<{ kind: OperationKind }>(
      `UPDATE copy_operations SET status = 'queued', failed = failed - $3, cancel_requested_at = NULL, finished_at = NULL
       WHERE workspace_id = $1 AND id = $2 RETURNING kind`,
      [...key, reopened.length],
    );
    await this.audit.record({
      entityType: ENTITY[opened?.kind ?? 'copy'],
      entityId: id,
      after: { retriedItems: reopened.length },
    });
    return queueWaitingChunks(sql, this.context.workspaceId(), id, CHUNKS_IN_FLIGHT);
  }

  async takeTurns(name: string, count: number): Promise<number> {
    const row = await currentSession().first<{ first: string }>(
      `INSERT INTO copy_turns (workspace_id, name, next) VALUES ($1, $2, $3)
       ON CONFLICT (workspace_id, name) DO UPDATE SET next = copy_turns.next + $3 RETURNING next - $3 AS first`,
      [this.context.workspaceId(), name, count],
    );
    return Number(row?.first ?? 0);
  }

  async claimTrigger({ hookTokenId, sourceDealId, operationId, at, withinMinutes }: TriggerClaim): Promise<boolean> {
    const changed = await currentSession().affected(
      `INSERT INTO copy_triggers (workspace_id, hook_token_id, source_deal_id, last_at, operation_id) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (workspace_id, hook_token_id, source_deal_id) DO UPDATE SET last_at = greatest(copy_triggers.last_at, $4), operation_id = $5
       WHERE $6::int IS NOT NULL AND abs(extract(epoch FROM copy_triggers.last_at - $4::timestamptz)) >= $6::int * 60`,
      [this.context.workspaceId(), hookTokenId, sourceDealId, at, operationId, withinMinutes],
    );
    return changed === 1;
  }

  async operationOfTrigger(hookTokenId: HookTokenId, sourceDealId: AmoDealId): Promise<CopyOperationId | null> {
    const row = await currentSession().first<{ operation_id: CopyOperationId }>(
      `SELECT operation_id FROM copy_triggers WHERE workspace_id = $1 AND hook_token_id = $2 AND source_deal_id = $3`,
      [this.context.workspaceId(), hookTokenId, sourceDealId],
    );
    return row?.operation_id ?? null;
  }

  async sourceOfCopy(dealId: AmoDealId): Promise<AmoDealId | null> {
    const row = await currentSession().first<{ source_deal_id: string }>(
      `SELECT source_deal_id FROM copy_items WHERE workspace_id = $1 AND target_deal_id = $2 LIMIT 1`,
      [this.context.workspaceId(), dealId],
    );
    return row ? (Number(row.source_deal_id) as AmoDealId) : null;
  }
}
