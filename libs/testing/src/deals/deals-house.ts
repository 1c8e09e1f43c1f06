import { Global, Module } from '@nestjs/common';
import type { AmoDealId, CopyOperationId, TransferId } from '#domain/shared/ids.js';
import type { CopyItemStatus, ItemStep } from '#domain/deals/copy-item.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { CopyRemark } from '#domain/deals/copy-plan.js';
import { DIRECTORIES, type Directories } from '#application/crm/index.js';
import {
  CopyChunkCommand,
  CopyDealsCommand,
  type ChunkRef,
  TransferChunkCommand,
  TransferDealsCommand,
  type TransferOptions,
} from '#application/deals/index.js';
import { DealsApplicationModule } from '#application/deals/deals.module.js';
import { AMO_DEALS } from '#application/deals/ports/amo-deals.js';
import { AMO_TRANSFERS } from '#application/deals/ports/amo-transfers.js';
import { COPY_SETTINGS, type CopySettings } from '#application/deals/ports/copy-settings.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { DealsPostgresModule } from '#infrastructure/postgres/deals/deals-postgres.module.js';
import { type CrmHouse, crmHouse } from '../crm/crm-house.js';
import type { TestDatabase } from '../postgres.js';
import { aCopyDirectory, MARKER_FIELD_ID } from './deal-samples.js';
import { ScriptedAmoDeals } from './scripted-amo-deals.js';
import { ScriptedAmoTransfers } from './scripted-amo-transfers.js';

export interface StoredItem {
  readonly id: string;
  readonly seq: number;
  readonly source: AmoDealId;
  readonly target: AmoDealId | null;
  readonly status: CopyItemStatus;
  readonly step: ItemStep;
  readonly error: CopyRemark | null;
  readonly remarks: readonly CopyRemark[];
}

/** The contexts `crm` and `deals` on a real database, before an amoCRM account in memory. */
export class DealsHouse {
  constructor(
    readonly crm: CrmHouse,
    readonly amo: ScriptedAmoDeals,
    readonly transfers: ScriptedAmoTransfers,
    private readonly database: TestDatabase,
  ) {}

  /** Order copies as an operator; answers the operation's id. */
  async order(
    sources: readonly { readonly id: AmoDealId }[],
    options: Partial<CopyOptions> = {},
  ): Promise<CopyOperationId> {
    const command = new CopyDealsCommand({ sourceIds: sources.map(({ id }) => id), options });
    const { id } = await this.crm.as('operator', () => this.crm.bus.execute(command));
    return id;
  }

  /** Carry out a chunk, as its job does. */
  run(operationId: CopyOperationId, { chunk = 0, run = 1 }: Partial<ChunkRef> = {}): Promise<void> {
    const command = new CopyChunkCommand({ operationId, chunk, run });
    return this.crm.as('system', () => this.crm.bus.execute(command));
  }

  /** Order a transfer as an operator; answers its id. */
  async transfer(
    sources: readonly { readonly id: AmoDealId }[],
    options: Partial<TransferOptions>,
  ): Promise<TransferId> {
    const command = new TransferDealsCommand({ sourceIds: sources.map(({ id }) => id), options });
    const { id } = await this.crm.as('operator', () => this.crm.bus.execute(command));
    return id;
  }

  /** Carry out a chunk of a transfer, as its job does. */
  runTransfer(operationId: TransferId, { chunk = 0, run = 1 }: Partial<ChunkRef> = {}): Promise<void> {
    const command = new TransferChunkCommand({ operationId, chunk, run });
    return this.crm.as('system', () => this.crm.bus.execute(command));
  }

  async items(operationId: CopyOperationId): Promise<readonly StoredItem[]> {
    const rows = await this.database.owner.query<(StoredItem & { source: string; target: string | null })[]>(
      `SELECT id, seq, source_deal_id AS source, target_deal_id AS target, status, step, error, remarks
       FROM copy_items WHERE operation_id = $1 ORDER BY seq`,
      [operationId],
    );
    const dealId = (text: string) => Number(text) as AmoDealId;
    return rows.map(({ source, target, ...row }) => ({
      ...row,
      source: dealId(source),
      target: target === null ? null : dealId(target),
    }));
  }

  /** `status` and counts of an operation, as they are stored. */
  async operation(operationId: CopyOperationId) {
    const [row] = await this.database.owner.query<
      { status: string; total: number; done: number; failed: number; cancelled: number }[]
    >('SELECT status, total, done, failed, cancelled FROM copy_operations WHERE id = $1', [operationId]);
    return row;
  }

  async chunk(operationId: CopyOperationId, chunk = 0) {
    const [row] = await this.database.owner.query<
      { status: string; run: number; leaseId: string | null; batchLimit: number }[]
    >(
      `SELECT status, run, lease_id AS "leaseId", batch_limit AS "batchLimit" FROM copy_chunks WHERE operation_id = $1 AND chunk = $2`,
      [operationId, chunk],
    );
    return row;
  }

  /** Chunks of an operation that were ever queued, as `chunk/run`, in order. */
  async queued(operationId: CopyOperationId): Promise<readonly string[]> {
    const rows = await this.database.owner.query<{ ref: string }[]>(
      `SELECT (payload->>'chunk') || '/' || (payload->>'run') AS ref FROM outbox
       WHERE kind = 'job' AND payload->>'operationId' = $1 ORDER BY id`,
      [operationId],
    );
    return rows.map(({ ref }) => ref);
  }

  /** Let so many milliseconds pass since every intent of an operation. */
  async age(operationId: CopyOperationId, ms: number): Promise<void> {
    await this.database.owner.query(
      `UPDATE copy_items SET intended_at = intended_at - $2 * interval '1 millisecond' WHERE operation_id = $1`,
      [operationId, ms],
    );
  }

  /** Operations whose counts or status do not tell what became of their items; there must be none. */
  inconsistencies(): Promise<unknown[]> {
    return this.database.owner.query(
      `SELECT o.id, o.status, o.total, o.done, o.failed, o.cancelled, i.*
       FROM copy_operations o, LATERAL (
         SELECT count(*)::int AS items, count(*) FILTER (WHERE status = 'done')::int AS was_done,
           count(*) FILTER (WHERE status = 'failed')::int AS has_failed,
           count(*) FILTER (WHERE status = 'cancelled')::int AS was_cancelled
         FROM copy_items i WHERE i.operation_id = o.id) i
       WHERE (o.total, o.done, o.failed, o.cancelled) <> (i.items, i.was_done, i.has_failed, i.was_cancelled)
         OR (o.status IN ('queued', 'running')) = (o.done + o.failed + o.cancelled = o.total)`,
    );
  }

  close(): Promise<void> {
    return this.crm.module.close();
  }
}

export const SETTLE_MS = 60_000;
const SETTINGS: CopySettings = { settleMs: SETTLE_MS, leaseMs: 30_000 };

/** Assemble the house over `database`, connected and with the account's directory read. */
export const dealsHouse = async (database: TestDatabase, settings: Partial<CopySettings> = {}): Promise<DealsHouse> => {
  const amo = new ScriptedAmoDeals(MARKER_FIELD_ID);
  const transfers = new ScriptedAmoTransfers(amo);
  const edges = [
    { provide: AMO_DEALS, useValue: amo },
    { provide: AMO_TRANSFERS, useValue: transfers },
    { provide: COPY_SETTINGS, useValue: { ...SETTINGS, ...settings } },
  ];
  @Global()
  @Module({ providers: edges, exports: edges.map(({ provide }) => provide) })
  class DealsEdgesModule {}

  const crm = await crmHouse(database, [DealsEdgesModule, DealsPostgresModule, DealsApplicationModule]);
  await crm.connect();
  const directories = crm.module.get<Directories>(DIRECTORIES);
  const unitOfWork = crm.module.get<UnitOfWork>(UNIT_OF_WORK);
  await crm.as('system', () => unitOfWork.transact(() => directories.save(aCopyDirectory(), MARKER_FIELD_ID)));
  return new DealsHouse(crm, amo, transfers, database);
};
