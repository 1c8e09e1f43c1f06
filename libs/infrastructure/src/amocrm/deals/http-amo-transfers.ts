import type { ChangedEntity, EntityPatch } from '#domain/deals/transfer/entity-change.js';
import type { AmoCall, BatchOutcome, Keyed } from '#application/deals/ports/amo-deals.js';
import type { AmoTransfers, OwnedEntity } from '#application/deals/ports/amo-transfers.js';
import { AmoRefusal } from '../http/amo-errors.js';
import type { AmoHttp } from '../http/amo-http.js';
import type { FilterMemory } from '../http/filter-memory.js';
import { FilteredRead } from '../http/filtered-read.js';
import { inParallel } from '../http/in-parallel.js';
import { idOf, numberOf, recordOf, type WireRecord } from '../http/wire-value.js';
import { writeBatch } from './batch-write.js';

const LISTS = { deal: 'leads', task: 'tasks', contact: 'contacts', company: 'companies' } as const;
/** Single reads at once: enough to use the whole budget, however slow an answer is. */
const SINGLE_READS_AT_ONCE = 8;

/** What transfers need of amoCRM, over HTTP. */
export class HttpAmoTransfers implements AmoTransfers {
  readonly #filtered: FilteredRead;

  /** @param accountKey  tells accounts apart; the id of the current workspace does */
  constructor(
    private readonly http: AmoHttp,
    private readonly accountKey: () => string,
    private readonly memory: FilterMemory,
  ) {
    this.#filtered = new FilteredRead(http, memory, accountKey);
  }

  async readResponsibles(
    entity: OwnedEntity,
    ids: readonly number[],
    call: AmoCall,
  ): Promise<ReadonlyMap<number, number>> {
    const asked = new Set(ids);
    // Filters on tasks come with every account; those on contacts and companies are a paid option, as those on deals.
    const rows = entity === 'task' ? await this.filtered(entity, ids, call) : await this.people(entity, ids, call);
    return new Map(
      rows.flatMap((row): [number, number][] => {
        const id = idOf(row.id);
        return id === undefined || !asked.has(id) || row.is_deleted === true
          ? []
          : [[id, numberOf(row.responsible_user_id) ?? 0]];
      }),
    );
  }

  change(entity: ChangedEntity, patches: readonly Keyed<EntityPatch>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    return writeBatch(
      this.http,
      {
        method: 'PATCH',
        path: `/api/v4/${LISTS[entity]}`,
        list: LISTS[entity],
        entries: patches.map(({ requestId, value }) => ({
          requestId,
          // Not a bare number: refusals name an entry by this or by its own id.
          body: { request_id: `change-${requestId}`, ...wireOf(value) },
        })),
        echo: 'id',
        resultOf: ({ body }, answers) => answers.get(String(body.id)),
      },
      call,
    );
  }

  private filtered(entity: OwnedEntity, ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    const list = LISTS[entity];
    const queryOf = (page: readonly number[]) => ({ filter: { id: page } });
    return this.#filtered.read({ path: `/api/v4/${list}`, list, queryOf, isByOwnId: true }, ids, call);
  }

  private async people(entity: OwnedEntity, ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    if (this.memory.areFiltersOff(this.accountKey())) return this.singly(entity, ids, call);
    let rows: WireRecord[];
    try {
      rows = await this.filtered(entity, ids, call);
    } catch (error) {
      if (!(error instanceof AmoRefusal)) throw error;
      this.memory.learnFiltersOff(this.accountKey());
      return this.singly(entity, ids, call);
    }
    const asked = new Set(ids);
    const wanted = rows.filter((row) => asked.has(idOf(row.id) ?? 0));
    if (wanted.length === rows.length) return rows;
    // Rows that nobody asked for: the account lacks the paid filters and ignores them.
    this.memory.learnFiltersOff(this.accountKey());
    const known = new Set(wanted.map((row) => idOf(row.id)));
    const rest = ids.filter((id) => !known.has(id));
    return [...wanted, ...(await this.singly(entity, rest, call))];
  }

  private async singly(entity: OwnedEntity, ids: readonly number[], call: AmoCall): Promise<WireRecord[]> {
    const rows: unknown[] = await inParallel(ids, SINGLE_READS_AT_ONCE, (id) =>
      this.http.send({ method: 'GET', path: `/api/v4/${LISTS[entity]}/${id}` }, call),
    );
    return rows.map(recordOf).filter((row) => row !== undefined);
  }
}

const wireOf = ({ id, target, lossReasonId, responsibleUserId }: EntityPatch): WireRecord => ({
  id,
  // amoCRM: 142 and 143 need pipeline_id to be unambiguous.
  ...(target && { pipeline_id: target.pipelineId, status_id: target.stageId }),
  ...(lossReasonId !== undefined && { loss_reason_id: lossReasonId }),
  ...(responsibleUserId !== undefined && { responsible_user_id: responsibleUserId }),
});
