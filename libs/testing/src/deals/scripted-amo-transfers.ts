import type { AmoDealId, AmoUserId } from '#domain/shared/ids.js';
import type { ChangedEntity, EntityPatch } from '#domain/deals/transfer/entity-change.js';
import type { AmoCall, BatchOutcome, Keyed, RejectedEntry } from '#application/deals/ports/amo-deals.js';
import type { AmoTransfers, OwnedEntity } from '#application/deals/ports/amo-transfers.js';
import type { ScriptedAmoDeals } from './scripted-amo-deals.js';

type Issue = RejectedEntry['issues'][number];

const METHODS = {
  deal: 'changeDeals',
  task: 'changeTasks',
  contact: 'changeContacts',
  company: 'changeCompanies',
} as const;
const LOST = 143;

/** The same account in memory, as transfers see it: deals and tasks are changed in place. */
export class ScriptedAmoTransfers implements AmoTransfers {
  /** Who is responsible for contacts and companies, by id. */
  readonly contacts = new Map<number, number>();
  readonly companies = new Map<number, number>();
  /** Every patch that took effect, in order. */
  readonly patches: EntityPatch[] = [];
  /** What amoCRM minds about a change. */
  refusal: (patch: EntityPatch) => Issue | null = () => null;

  constructor(private readonly amo: ScriptedAmoDeals) {}

  behave(): void {
    this.refusal = () => null;
    this.patches.length = 0;
  }

  readResponsibles(entity: OwnedEntity, ids: readonly number[], call: AmoCall): Promise<ReadonlyMap<number, number>> {
    return this.amo.read('readResponsibles', ids.length, call, () => {
      const all =
        entity === 'task'
          ? new Map(this.amo.tasks.map(({ id, responsibleUserId }) => [id, responsibleUserId as number]))
          : this.peopleOf(entity);
      return new Map(
        ids.flatMap((id): [number, number][] => {
          const owner = all.get(id);
          return owner === undefined ? [] : [[id, owner]];
        }),
      );
    });
  }

  change(entity: ChangedEntity, patches: readonly Keyed<EntityPatch>[], call: AmoCall): Promise<BatchOutcome<unknown>> {
    return this.amo.write(
      METHODS[entity],
      patches,
      call,
      (patch) => this.refusal(patch) ?? this.missing(patch),
      ({ value }) => this.apply(value),
    );
  }

  private missing({ entity, id }: EntityPatch): Issue | null {
    const isThere =
      entity === 'deal'
        ? this.amo.deals.has(id as AmoDealId)
        : entity === 'task'
          ? this.amo.tasks.some((task) => task.id === id)
          : this.peopleOf(entity).has(id);
    return isThere ? null : { code: 'NotSupportedChoice', path: 'id', detail: 'Entity not found' };
  }

  private apply(patch: EntityPatch): void {
    const { entity, id, target, lossReasonId, responsibleUserId } = patch;
    this.patches.push(patch);
    const owner = responsibleUserId as AmoUserId | undefined;
    if (entity === 'deal') {
      const deal = this.amo.deals.get(id as AmoDealId);
      if (!deal) return;
      const place = target ?? { pipelineId: deal.pipelineId, stageId: deal.stageId };
      const reason = place.stageId === LOST ? (lossReasonId === undefined ? deal.lossReasonId : lossReasonId) : null;
      const moved = { ...deal, ...place, lossReasonId: reason, responsibleUserId: owner ?? deal.responsibleUserId };
      this.amo.deals.set(deal.id, moved);
    } else if (entity === 'task') {
      const index = this.amo.tasks.findIndex((task) => task.id === id);
      const task = this.amo.tasks[index];
      if (task && owner !== undefined) this.amo.tasks[index] = { ...task, responsibleUserId: owner };
    } else if (owner !== undefined) this.peopleOf(entity).set(id, owner);
  }

  private peopleOf(entity: 'contact' | 'company'): Map<number, number> {
    return entity === 'contact' ? this.contacts : this.companies;
  }
}
