import type { ClientKind } from '#domain/clients/client.js';
import type { NamePrefix, SearchTerms } from '#domain/clients/search-terms.js';
import type { ClientId } from '#domain/shared/ids.js';
import type { Page } from '../../shared/paging.js';
import type { ClientView } from '../queries/get-client/client.view.js';
import type { DuplicateView } from '../queries/find-duplicates/duplicate.view.js';
import type { ClientRowView } from '../queries/list-clients/client-row.view.js';

export const CLIENT_SORTS = ['created', '-created', 'updated', '-updated', 'name', '-name'] as const;
export type ClientSort = (typeof CLIENT_SORTS)[number];
/** What is deleted is listed by when it was deleted. */
export type ClientOrder = ClientSort | '-deleted';

/** Which clients a list shows: all conditions must be met. */
export interface ClientSelection {
  readonly kind?: ClientKind;
  readonly responsibleId?: string;
  readonly createdFrom?: Date;
  readonly createdTo?: Date;
  readonly updatedFrom?: Date;
  readonly updatedTo?: Date;
  readonly deleted: boolean;
  /** Exact keys, all of which a client must have. */
  readonly keys: readonly string[];
  readonly search: SearchTerms | NamePrefix | null;
}

/** Value of the order's column and id of the last row of the page before. */
export type ClientPlace = readonly [value: string, id: string];

/** What tells of possible duplicates. */
export interface DuplicateSigns {
  readonly keys: readonly string[];
  /** Compared by similarity; null when too short to say anything. */
  readonly nameKey: string | null;
  /** The exact key of what the name sounds like. */
  readonly soundKey: string | null;
  /** Left out: the client that is being edited. */
  readonly exceptId?: ClientId;
}

/** SQL made for the screens. */
export interface ClientScreens {
  /** Not a deleted one. */
  card(id: ClientId): Promise<Omit<ClientView, 'sourceTitle'> | null>;
  list(
    selection: ClientSelection,
    order: ClientOrder,
    limit: number,
    after: ClientPlace | null,
  ): Promise<Page<Omit<ClientRowView, 'purgedAt' | 'sourceTitle'>>>;
  /** The likeliest first; at most ten. */
  duplicates(signs: DuplicateSigns): Promise<readonly DuplicateView[]>;
}
export const CLIENT_SCREENS = Symbol('ClientScreens');
