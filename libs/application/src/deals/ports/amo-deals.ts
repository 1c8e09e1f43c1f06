import type { AmoDealId, CopyItemId } from '#domain/shared/ids.js';
import type { DealNote, DealTask, LinkedProduct, Product, SourceDeal } from '#domain/deals/source-deal.js';
import type { DealParties } from '#domain/deals/deals-copied.js';
import type { DealDraft, NoteDraft, ProductDraft, TaskDraft } from '#domain/deals/copy-plan.js';

/** Who waits for the answer decides whose request goes first when the account's budget is short. */
export type Lane = 'person' | 'trigger' | 'bulk';

export interface AmoCall {
  readonly lane: Lane;
  readonly signal?: AbortSignal;
  /** A request whose turn comes later than this is not sent: it fails with `crm.busy` and had no effect. */
  readonly sendBefore?: Date;
}

/** One entry of a write: `requestId` is ours and comes back with the result. */
export interface Keyed<T> {
  readonly requestId: string;
  readonly value: T;
}

export interface RejectedEntry {
  readonly requestId: string;
  readonly issues: readonly { readonly code: string; readonly path: string; readonly detail: string }[];
}

/**
 * The outcome of one batch. amoCRM takes a batch whole or not at all: when `rejected` is not empty, nothing was
 * written. `rejected` names the bad entries as far as amoCRM tells; an unattributed refusal names all of them with
 * `attributed: false`, and the caller halves the batch to find the bad one.
 */
export type BatchOutcome<R> =
  | { readonly kind: 'written'; readonly results: readonly R[] }
  | { readonly kind: 'refused'; readonly rejected: readonly RejectedEntry[]; readonly attributed: boolean };

export interface NewTask extends TaskDraft {
  readonly dealId: AmoDealId;
}
export interface NewNote extends NoteDraft {
  readonly dealId: AmoDealId;
}
export interface NewProductLink extends ProductDraft {
  readonly dealId: AmoDealId;
}

/** A copy of ours that amoCRM has. */
export interface MarkedCopy extends DealParties {
  readonly dealId: AmoDealId;
}

/**
 * What the copy engine needs of amoCRM, in the workspace of the current context and within its request budget.
 * Every call waits for its turn in the budget. All of them throw:
 * - AppError `crm.busy` (`upstream_busy`, with `retryAfterMs`) when the budget stays spent for too long;
 * - AppError `crm.unreachable` (`upstream_down`) for lost connections, time-outs and 5xx. `details.effect` is
 *   `none` when the request surely had no effect, `unknown` when it may have;
 * - AppError `crm.too_heavy` (`upstream_down`, effect unknown) for a 504: halve the batch;
 * - AppError `crm.reconnect_needed` / `crm.account_blocked` / `crm.subscription_ended` / `crm.not_connected`
 *   (`upstream_revoked`): retrying cannot help, a person must act.
 */
export interface AmoDeals {
  /** Deals by id with contacts, products and tags; at most 250 ids. Unknown and deleted ids are left out. */
  readDeals(ids: readonly AmoDealId[], call: AmoCall): Promise<readonly SourceDeal[]>;
  /** Open tasks of up to 250 deals, oldest first. */
  readOpenTasks(dealIds: readonly AmoDealId[], call: AmoCall): Promise<readonly DealTask[]>;
  /** All tasks of up to 250 deals, completed ones too, oldest first. */
  readAllTasks(dealIds: readonly AmoDealId[], call: AmoCall): Promise<readonly DealTask[]>;
  /** Notes of the given types of up to 250 deals, oldest first. */
  readNotes(dealIds: readonly AmoDealId[], types: readonly string[], call: AmoCall): Promise<readonly DealNote[]>;
  /** Catalogue elements by id; unknown ones are left out. */
  readProducts(
    elements: readonly { catalogId: number; elementId: number }[],
    call: AmoCall,
  ): Promise<readonly Product[]>;
  /** Products linked to up to 250 deals, by deal. */
  readProductLinks(
    dealIds: readonly AmoDealId[],
    call: AmoCall,
  ): Promise<ReadonlyMap<AmoDealId, readonly LinkedProduct[]>>;
  /**
   * Copies that carry our marker among the deals created since `since` (amoCRM's clock), found by walking the newest
   * deals: needs neither amoCRM's search index nor its paid filters. Whom they are with comes in the same answers.
   */
  findMarked(markerFieldId: number, since: Date, call: AmoCall): Promise<ReadonlyMap<CopyItemId, MarkedCopy>>;
  /** amoCRM's clock, from the `Date` header of its last answer; our own when nothing was read yet. */
  serverTime(): Date;
  /** Create deals with their tags, fields, contacts and company; at most 50. */
  createDeals(
    drafts: readonly Keyed<DealDraft>[],
    call: AmoCall,
  ): Promise<BatchOutcome<{ requestId: string; dealId: AmoDealId }>>;
  /** Link products to deals; at most 250. Linking again sets the quantity. */
  linkProducts(links: readonly Keyed<NewProductLink>[], call: AmoCall): Promise<BatchOutcome<unknown>>;
  /** Create tasks; at most 250. */
  createTasks(tasks: readonly Keyed<NewTask>[], call: AmoCall): Promise<BatchOutcome<unknown>>;
  /** Create notes without firing digital-pipeline triggers; at most 250. */
  createNotes(notes: readonly Keyed<NewNote>[], call: AmoCall): Promise<BatchOutcome<unknown>>;
}
export const AMO_DEALS = Symbol('AmoDeals');
