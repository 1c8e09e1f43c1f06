import type { AmoDealId, CopyItemId, OperationId } from '../shared/ids.js';
import type { DomainEvent } from '../shared/aggregate-root.js';
import { DEAL_BATCH, slices } from './copy-cost.js';
import type { DealDraft } from './copy-plan.js';

/** Contacts of one deal that are named, the main one first. */
export const MAX_NAMED_CONTACTS = 10;

/** Whom a deal is with, as amoCRM knows them. */
export interface DealParties {
  readonly contactIds: readonly number[];
  readonly companyId: number | null;
}

/** A copy that exists. */
export interface MadeCopy extends DealParties {
  readonly itemId: CopyItemId;
  readonly sourceId: AmoDealId;
  readonly dealId: AmoDealId;
}

/** Whom a deal is with; its main contact first, and no more than are named. */
export const partiesOf = ({ contacts, companyId }: Pick<DealDraft, 'contacts' | 'companyId'>): DealParties => ({
  contactIds: [...contacts]
    .sort((one, other) => Number(other.isMain) - Number(one.isMain))
    .slice(0, MAX_NAMED_CONTACTS)
    .map(({ id }) => id),
  companyId,
});

/** What is told of copies that were recorded together: an event for each fifty. */
export const dealsCopied = (operationId: OperationId, copies: readonly MadeCopy[], at: Date): readonly DomainEvent[] =>
  slices(copies, DEAL_BATCH).map((some) => ({
    wireName: 'deals.deals_copied',
    payload: {
      operationId,
      at: at.toISOString(),
      copies: some.map(({ itemId, sourceId, dealId, contactIds, companyId }) => ({
        itemId,
        sourceId,
        dealId,
        contactIds,
        companyId,
      })),
    },
  }));
