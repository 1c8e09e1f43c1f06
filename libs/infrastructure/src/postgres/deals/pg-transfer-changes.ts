import { Injectable } from '@nestjs/common';
import type { AmoDealId, TransferId } from '#domain/shared/ids.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import type { ChangedEntity, ChangeState, EntityChange, EntityState } from '#domain/deals/transfer/entity-change.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import type { ChunkLease } from '#application/deals/ports/copy-chunks.js';
import type {
  ItemChanges,
  StoredChange,
  TakenChange,
  TransferChanges,
} from '#application/deals/ports/transfer-changes.js';
import { currentSession } from '../shared/session.js';
import { holdLease } from './hold-lease.js';

interface ChangeRow {
  readonly seq: number;
  readonly entity: ChangedEntity;
  readonly entity_id: string;
  readonly before: EntityState;
  readonly after: EntityState;
  readonly state: ChangeState;
  readonly remark: CopyRemark | null;
}

const COLUMNS = 'c.seq, c.entity, c.entity_id, c.before, c.after, c.state, c.remark';

/** A transfer changed it, or may have: its write was intended and nobody came to look what became of it. */
const MADE = `(c.state = 'written' OR (c.state = 'planned' AND i.step =
  CASE c.entity WHEN 'deal' THEN 'moving' WHEN 'task' THEN 'tasking' WHEN 'contact' THEN 'handing' ELSE 'entrusting' END))`;

const changeFrom = ({ entity, entity_id, before, after }: ChangeRow): EntityChange => ({
  entity,
  id: Number(entity_id),
  before,
  after,
});

/** What transfers change, in Postgres. */
@Injectable()
export class PgTransferChanges implements TransferChanges {
  constructor(private readonly context: CurrentContext) {}

  async plan(lease: ChunkLease, plans: readonly ItemChanges[]): Promise<readonly TakenChange[]> {
    const sql = currentSession();
    const key = await this.hold(lease);
    await sql.affected(
      `DELETE FROM transfer_changes WHERE workspace_id = $1 AND operation_id = $2 AND seq = ANY($3::int[])`,
      [...key, plans.map(({ seq }) => seq)],
    );
    const rows = plans.flatMap(({ seq, changes }) => changes.map((change) => ({ seq, change })));
    const stored = await sql.rows<{ seq: number; entity: ChangedEntity; entity_id: string }>(
      // In one order for all chunks: two of them that share contacts wait for each other, but not both.
      `INSERT INTO transfer_changes (workspace_id, operation_id, seq, entity, entity_id, before, after)
       SELECT $1, $2, r.seq, r.entity, r.entity_id, r.before, r.after
       FROM unnest($3::int[], $4::text[], $5::bigint[], $6::jsonb[], $7::jsonb[]) AS r (seq, entity, entity_id, before, after)
       ORDER BY r.entity, r.entity_id, r.seq
       ON CONFLICT (workspace_id, operation_id, entity, entity_id) DO NOTHING RETURNING seq, entity, entity_id`,
      [
        ...key,
        rows.map(({ seq }) => seq),
        rows.map(({ change }) => change.entity),
        rows.map(({ change }) => change.id),
        rows.map(({ change }) => JSON.stringify(change.before)),
        rows.map(({ change }) => JSON.stringify(change.after)),
      ],
    );
    const ours = new Set(stored.map(({ seq, entity, entity_id }) => `${seq} ${entity} ${entity_id}`));
    return this.takenBy(
      key,
      rows.filter(({ seq, change }) => !ours.has(`${seq} ${change.entity} ${change.id}`)),
    );
  }

  async of(operationId: TransferId, seqs: readonly number[]): Promise<readonly StoredChange[]> {
    const rows = await currentSession().rows<ChangeRow>(
      `SELECT ${COLUMNS} FROM transfer_changes c
       WHERE c.workspace_id = $1 AND c.operation_id = $2 AND c.seq = ANY($3::int[]) ORDER BY c.seq, c.entity, c.entity_id`,
      [this.context.workspaceId(), operationId, seqs],
    );
    return rows.map((row) => ({ ...changeFrom(row), seq: row.seq, state: row.state, remark: row.remark }));
  }

  async mark(
    lease: ChunkLease,
    changes: readonly Pick<EntityChange, 'entity' | 'id'>[],
    state: ChangeState,
    remark: CopyRemark | null,
  ): Promise<void> {
    if (changes.length === 0) return;
    const key = await this.hold(lease);
    await currentSession().affected(
      `UPDATE transfer_changes c SET state = $5, remark = $6 FROM unnest($3::text[], $4::bigint[]) AS r (entity, entity_id)
       WHERE c.workspace_id = $1 AND c.operation_id = $2 AND c.entity = r.entity AND c.entity_id = r.entity_id`,
      [
        ...key,
        changes.map(({ entity }) => entity),
        changes.map(({ id }) => id),
        state,
        remark && JSON.stringify(remark),
      ],
    );
  }

  async madeBy(
    operationId: TransferId,
    dealIds: readonly AmoDealId[],
  ): Promise<ReadonlyMap<AmoDealId, readonly EntityChange[]>> {
    const rows = await currentSession().rows<ChangeRow & { readonly deal: string }>(
      `SELECT ${COLUMNS}, i.source_deal_id AS deal FROM transfer_changes c
       JOIN copy_items i ON i.workspace_id = c.workspace_id AND i.operation_id = c.operation_id AND i.seq = c.seq
       WHERE c.workspace_id = $1 AND c.operation_id = $2 AND i.source_deal_id = ANY($3::bigint[]) AND ${MADE}
       ORDER BY c.seq, c.entity, c.entity_id`,
      [this.context.workspaceId(), operationId, dealIds],
    );
    const byDeal = new Map<AmoDealId, EntityChange[]>();
    for (const row of rows) {
      const deal = Number(row.deal) as AmoDealId;
      byDeal.set(deal, [...(byDeal.get(deal) ?? []), changeFrom(row)]);
    }
    return byDeal;
  }

  async dealsChangedBy(operationId: TransferId): Promise<readonly AmoDealId[]> {
    const rows = await currentSession().rows<{ deal: string }>(
      `SELECT i.source_deal_id AS deal FROM copy_items i
       WHERE i.workspace_id = $1 AND i.operation_id = $2 AND EXISTS (
         SELECT FROM transfer_changes c
         WHERE c.workspace_id = i.workspace_id AND c.operation_id = i.operation_id AND c.seq = i.seq AND ${MADE})
       ORDER BY i.seq`,
      [this.context.workspaceId(), operationId],
    );
    return rows.map(({ deal }) => Number(deal) as AmoDealId);
  }

  private async takenBy(
    key: readonly unknown[],
    refused: readonly { readonly seq: number; readonly change: EntityChange }[],
  ): Promise<readonly TakenChange[]> {
    if (refused.length === 0) return [];
    const rows = await currentSession().rows<Pick<ChangeRow, 'entity' | 'entity_id' | 'after'>>(
      `SELECT c.entity, c.entity_id, c.after FROM transfer_changes c
       JOIN (SELECT DISTINCT entity, entity_id FROM unnest($3::text[], $4::bigint[]) AS r (entity, entity_id)) r
         ON c.entity = r.entity AND c.entity_id = r.entity_id
       WHERE c.workspace_id = $1 AND c.operation_id = $2`,
      [...key, refused.map(({ change }) => change.entity), refused.map(({ change }) => change.id)],
    );
    const owners = new Map(rows.map((row) => [`${row.entity} ${row.entity_id}`, row.after.responsibleUserId]));
    return refused.map(({ seq, change }) => ({
      seq,
      entity: change.entity,
      id: change.id,
      goesTo: owners.get(`${change.entity} ${change.id}`) ?? null,
    }));
  }

  private async hold(lease: ChunkLease): Promise<readonly unknown[]> {
    const workspaceId = this.context.workspaceId();
    await holdLease(currentSession(), workspaceId, lease);
    return [workspaceId, lease.ref.operationId];
  }
}
