import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { CopyOperationId } from '#domain/shared/ids.js';
import type { CopyItemOutcome, ItemStep } from '#domain/deals/copy-item.js';
import { CHUNK_SIZE } from '#domain/deals/copy-operation.js';
import { dealsCopied } from '#domain/deals/deals-copied.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import type {
  ChunkClaim,
  ChunkLease,
  ChunkRef,
  CopyChunks,
  CreatedCopy,
  ItemRemarks,
  ReachedItem,
  WriteIntent,
} from '#application/deals/ports/copy-chunks.js';
import { currentSession } from '../shared/session.js';
import {
  type CopyItemRow,
  type CopyOperationRow,
  ITEM_COLUMNS,
  itemFrom,
  OPERATION_COLUMNS,
  operationFrom,
} from './copy-rows.js';
import { holdLease } from './hold-lease.js';
import { endOperationIfDone, queueWaitingChunks } from './operation-progress.js';

/** Chunks in Postgres. Every statement that writes for a worker checks its lease in the same transaction. */
@Injectable()
export class PgCopyChunks implements CopyChunks {
  constructor(
    private readonly context: CurrentContext,
    @Inject(OUTBOX) private readonly outbox: Outbox,
  ) {}

  async claim(ref: ChunkRef, leaseId: string, leaseMs: number): Promise<ChunkClaim> {
    const sql = currentSession();
    const chunk = await sql.first<{ run: number; status: string; heldForMs: number; batchLimit: number; now: Date }>(
      `SELECT run, status, greatest(0, extract(epoch FROM lease_until - clock_timestamp()) * 1000)::float8 AS "heldForMs",
         batch_limit AS "batchLimit", clock_timestamp() AS now
       FROM copy_chunks WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3 FOR UPDATE`,
      this.keyOf(ref),
    );
    if (!chunk || chunk.run !== ref.run || chunk.status !== 'queued') return { kind: 'obsolete' };
    if (chunk.heldForMs > 0) return { kind: 'held', retryAfterMs: Math.ceil(chunk.heldForMs) + 100 };
    await sql.affected(
      `UPDATE copy_chunks SET lease_id = $4, lease_until = clock_timestamp() + $5 * interval '1 millisecond', touched_at = now()
       WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3`,
      [...this.keyOf(ref), leaseId, leaseMs],
    );
    const operation = await this.start(ref.operationId);
    const items = await sql.rows<CopyItemRow>(
      `SELECT ${ITEM_COLUMNS} FROM copy_items
       WHERE workspace_id = $1 AND operation_id = $2 AND seq BETWEEN $3 AND $4 AND status IN ('pending', 'running') ORDER BY seq`,
      [this.context.workspaceId(), ref.operationId, ref.chunk * CHUNK_SIZE, (ref.chunk + 1) * CHUNK_SIZE - 1],
    );
    const lease = { ref, leaseId };
    return {
      kind: 'taken',
      lease,
      operation,
      items: items.map(itemFrom),
      batchLimit: chunk.batchLimit,
      now: chunk.now,
    };
  }

  async extend(lease: ChunkLease, leaseMs: number): Promise<void> {
    await this.hold(lease, leaseMs);
  }

  async release({ ref, leaseId }: ChunkLease): Promise<void> {
    await currentSession().affected(
      `UPDATE copy_chunks SET lease_id = NULL, lease_until = NULL WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3 AND lease_id = $4`,
      [...this.keyOf(ref), leaseId],
    );
  }

  async intend(lease: ChunkLease, seqs: readonly number[], step: ItemStep, intent: WriteIntent): Promise<void> {
    await this.hold(lease);
    await currentSession().affected(
      `UPDATE copy_items SET step = $4, status = 'running', intended_at = clock_timestamp(), intended_at_amo = $5, marker_field_id = $6
       WHERE workspace_id = $1 AND operation_id = $2 AND seq = ANY($3::int[])`,
      [this.context.workspaceId(), lease.ref.operationId, seqs, step, intent.amoTime, intent.markerFieldId],
    );
  }

  async reach(lease: ChunkLease, step: ItemStep, items: readonly ReachedItem[]): Promise<void> {
    await this.hold(lease);
    await currentSession().affected(
      `UPDATE copy_items i SET step = $3, status = 'running', target_deal_id = coalesce(r.deal_id, i.target_deal_id), remarks = r.remarks
       FROM unnest($4::int[], $5::bigint[], $6::jsonb[]) AS r (seq, deal_id, remarks)
       WHERE i.workspace_id = $1 AND i.operation_id = $2 AND i.seq = r.seq`,
      [
        this.context.workspaceId(),
        lease.ref.operationId,
        step,
        items.map(({ seq }) => seq),
        items.map(({ dealId }) => dealId ?? null),
        items.map(({ remarks }) => JSON.stringify(remarks)),
      ],
    );
  }

  async created(lease: ChunkLease, copies: readonly CreatedCopy[], at: Date): Promise<void> {
    await this.reach(lease, 'created', copies);
    await this.outbox.publish(dealsCopied(lease.ref.operationId, copies, at));
  }

  async remember(lease: ChunkLease, items: readonly ItemRemarks[]): Promise<void> {
    await this.hold(lease);
    await currentSession().affected(
      `UPDATE copy_items i SET remarks = r.remarks FROM unnest($3::int[], $4::jsonb[]) AS r (seq, remarks)
       WHERE i.workspace_id = $1 AND i.operation_id = $2 AND i.seq = r.seq`,
      [
        this.context.workspaceId(),
        lease.ref.operationId,
        items.map(({ seq }) => seq),
        items.map(({ remarks }) => JSON.stringify(remarks)),
      ],
    );
  }

  async conclude(lease: ChunkLease, outcomes: readonly CopyItemOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    await this.hold(lease);
    const key = [this.context.workspaceId(), lease.ref.operationId];
    await currentSession().affected(
      `UPDATE copy_items i SET status = r.status, error = r.error, remarks = r.remarks, finished_at = now()
       FROM unnest($3::int[], $4::text[], $5::jsonb[], $6::jsonb[]) AS r (seq, status, error, remarks)
       WHERE i.workspace_id = $1 AND i.operation_id = $2 AND i.seq = r.seq`,
      [
        ...key,
        outcomes.map(({ seq }) => seq),
        outcomes.map(({ status }) => status),
        outcomes.map(({ error }) => (error ? JSON.stringify(error) : null)),
        outcomes.map(({ remarks }) => JSON.stringify(remarks)),
      ],
    );
    const count = (status: CopyItemOutcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
    await currentSession().affected(
      `UPDATE copy_operations SET done = done + $3, failed = failed + $4, cancelled = cancelled + $5 WHERE workspace_id = $1 AND id = $2`,
      [...key, count('done'), count('failed'), count('cancelled')],
    );
  }

  async limitBatch(lease: ChunkLease, limit: number): Promise<void> {
    await this.hold(lease);
    await currentSession().affected(
      `UPDATE copy_chunks SET batch_limit = $4 WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3`,
      [...this.keyOf(lease.ref), limit],
    );
  }

  async isCancelRequested(operationId: CopyOperationId): Promise<boolean> {
    const row = await currentSession().first<{ requested: boolean }>(
      `SELECT cancel_requested_at IS NOT NULL AS requested FROM copy_operations WHERE workspace_id = $1 AND id = $2`,
      [this.context.workspaceId(), operationId],
    );
    return row?.requested ?? false;
  }

  async complete(lease: ChunkLease): Promise<ChunkRef | null> {
    const sql = currentSession();
    const workspaceId = this.context.workspaceId();
    const { operationId } = lease.ref;
    // The operation's row first: chunks that end at the same time take turns, and the last one ends the operation.
    await sql.rows(`SELECT 1 FROM copy_operations WHERE workspace_id = $1 AND id = $2 FOR UPDATE`, [
      workspaceId,
      operationId,
    ]);
    await this.hold(lease);
    await sql.affected(
      `UPDATE copy_chunks SET status = 'done', lease_id = NULL, lease_until = NULL WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3`,
      this.keyOf(lease.ref),
    );
    const [next] = await queueWaitingChunks(sql, workspaceId, operationId, 1);
    if (next) return next;
    await endOperationIfDone(sql, workspaceId, operationId, this.outbox);
    return null;
  }

  async requeue(ref: ChunkRef, untouchedForMs: number): Promise<ChunkRef | null> {
    const row = await currentSession().first<{ run: number }>(
      `UPDATE copy_chunks SET run = run + 1, lease_id = NULL, lease_until = NULL, touched_at = now()
       WHERE workspace_id = $1 AND operation_id = $2 AND chunk = $3 AND run = $4 AND status = 'queued'
         AND touched_at < now() - $5 * interval '1 millisecond' AND (lease_until IS NULL OR lease_until < now())
       RETURNING run`,
      [...this.keyOf(ref), ref.run, untouchedForMs],
    );
    return row ? { ...ref, run: row.run } : null;
  }

  private hold(lease: ChunkLease, leaseMs: number | null = null): Promise<void> {
    return holdLease(currentSession(), this.context.workspaceId(), lease, leaseMs);
  }

  private async start(operationId: CopyOperationId) {
    const row = await currentSession().first<CopyOperationRow>(
      `UPDATE copy_operations SET status = 'running', started_at = coalesce(started_at, now()) WHERE workspace_id = $1 AND id = $2
       RETURNING ${OPERATION_COLUMNS}`,
      [this.context.workspaceId(), operationId],
    );
    if (!row) throw new AppError(dealsErrors['deals.copy_not_found']);
    return operationFrom(row);
  }

  private keyOf({ operationId, chunk }: ChunkRef): readonly unknown[] {
    return [this.context.workspaceId(), operationId, chunk];
  }
}
