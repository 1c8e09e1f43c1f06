import { Inject, Injectable } from '@nestjs/common';
import type { AmoDealId } from '#domain/shared/ids.js';
import type { SourceDeal } from '#domain/deals/source-deal.js';
import type { ChangedEntity, EntityChange, EntityState } from '#domain/deals/transfer/entity-change.js';
import { type LinkedPerson, stateOfDeal } from '#domain/deals/transfer/plan-transfer.js';
import { AMO_DEALS, type AmoCall, type AmoDeals } from '../ports/amo-deals.js';
import { AMO_TRANSFERS, type AmoTransfers, type OwnedEntity } from '../ports/amo-transfers.js';

/** What amoCRM has now, by entity and id. */
export class CurrentStates {
  readonly #states = new Map<string, EntityState>();

  put(entity: ChangedEntity, id: number, state: EntityState): void {
    this.#states.set(`${entity} ${id}`, state);
  }

  /** Undefined for what is gone. */
  of({ entity, id }: Pick<EntityChange, 'entity' | 'id'>): EntityState | undefined {
    return this.#states.get(`${entity} ${id}`);
  }
}

const OWNED: readonly OwnedEntity[] = ['task', 'contact', 'company'];

/** Reads what transfers look at, each entity once, in as few requests as possible. */
@Injectable()
export class StateReader {
  constructor(
    @Inject(AMO_DEALS) private readonly amo: AmoDeals,
    @Inject(AMO_TRANSFERS) private readonly transfers: AmoTransfers,
  ) {}

  /** How the entities of these changes are now. */
  async read(changes: readonly Pick<EntityChange, 'entity' | 'id'>[], call: AmoCall): Promise<CurrentStates> {
    const states = new CurrentStates();
    const idsOf = (entity: ChangedEntity) => [
      ...new Set(changes.flatMap((change) => (change.entity === entity ? [change.id] : []))),
    ];
    const deals = idsOf('deal') as AmoDealId[];
    if (deals.length > 0)
      for (const deal of await this.amo.readDeals(deals, call)) states.put('deal', deal.id, stateOfDeal(deal));
    for (const entity of OWNED) {
      const responsibles = await this.responsibles(entity, idsOf(entity), call);
      for (const [id, responsibleUserId] of responsibles) states.put(entity, id, { responsibleUserId });
    }
    return states;
  }

  /** The contacts and companies of deals, by deal. */
  async people(deals: readonly SourceDeal[], call: AmoCall): Promise<ReadonlyMap<AmoDealId, readonly LinkedPerson[]>> {
    const contactsOf = ({ contacts }: SourceDeal) => contacts.map(({ id }) => id);
    const companiesOf = ({ companyId }: SourceDeal) => (companyId === null ? [] : [companyId]);
    const contacts = await this.responsibles('contact', [...new Set(deals.flatMap(contactsOf))], call);
    const companies = await this.responsibles('company', [...new Set(deals.flatMap(companiesOf))], call);
    const known = (entity: LinkedPerson['entity'], ids: readonly number[], owners: ReadonlyMap<number, number>) =>
      ids.flatMap((id): LinkedPerson[] => {
        const responsibleUserId = owners.get(id);
        return responsibleUserId === undefined ? [] : [{ entity, id, responsibleUserId }];
      });
    return new Map(
      deals.map((deal) => [
        deal.id,
        [...known('contact', contactsOf(deal), contacts), ...known('company', companiesOf(deal), companies)],
      ]),
    );
  }

  private async responsibles(
    entity: OwnedEntity,
    ids: readonly number[],
    call: AmoCall,
  ): Promise<ReadonlyMap<number, number>> {
    return ids.length === 0 ? new Map<number, number>() : this.transfers.readResponsibles(entity, ids, call);
  }
}
