import type { ChangedEntity, EntityPatch } from '#domain/deals/transfer/entity-change.js';
import type { AmoCall, BatchOutcome, Keyed } from './amo-deals.js';

/** Entities that have nothing but a responsible for a transfer. */
export type OwnedEntity = Exclude<ChangedEntity, 'deal'>;

/**
 * What transfers need of amoCRM besides the reading of deals. Throws what `AmoDeals` throws; as there, a batch is taken
 * whole or not at all.
 */
export interface AmoTransfers {
  /** Who is responsible, by id; any number of ids, unknown ones are left out. */
  readResponsibles(entity: OwnedEntity, ids: readonly number[], call: AmoCall): Promise<ReadonlyMap<number, number>>;
  /** Change entities of one kind: at most 50 deals, 250 of the others. */
  change(entity: ChangedEntity, patches: readonly Keyed<EntityPatch>[], call: AmoCall): Promise<BatchOutcome<unknown>>;
}
export const AMO_TRANSFERS = Symbol('AmoTransfers');
