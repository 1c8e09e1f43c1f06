import type { AccountState } from './account.js';
import type { EntityType, LinkEnd, LinkRow } from './rows.js';

/** The end that comes first here is the `from` of a stored link. */
const LINK_ORDER: readonly LinkEnd[] = ['leads', 'customers', 'contacts', 'companies', 'catalog_elements'];

export interface End {
  readonly type: LinkEnd;
  readonly id: number;
}

export interface LinkDetails {
  readonly isMain?: boolean;
  readonly catalogId?: number;
  readonly quantity?: number;
  readonly priceId?: number | null;
}

/** The two ends can be linked. amoCRM: all pairs of different types but leads with customers. */
export function linkable(from: LinkEnd, to: LinkEnd): boolean {
  return from !== to && !(isDealLike(from) && isDealLike(to));
}

function isDealLike(type: LinkEnd): boolean {
  return type === 'leads' || type === 'customers';
}

/** The end of `link` that is not `end`. */
export function otherEnd(link: LinkRow, end: End): End {
  return link.from_type === end.type && link.from_id === end.id
    ? { type: link.to_type, id: link.to_id }
    : { type: link.from_type, id: link.from_id };
}

/** Links of an entity to entities of one type, in the order in which they were made. */
export function linksTo(account: AccountState, type: LinkEnd, id: number, other: LinkEnd): LinkRow[] {
  const found: LinkRow[] = [];
  for (const link of account.linksOf(type, id)) {
    if (otherEnd(link, { type, id }).type === other) found.push(link);
  }
  return found;
}

/** Ids of the linked entities of one type. */
export function linkedIds(account: AccountState, type: LinkEnd, id: number, other: LinkEnd): number[] {
  return linksTo(account, type, id, other).map((link) => otherEnd(link, { type, id }).id);
}

/**
 * Link two ends, or change the link that they have. A lead or contact has one company: a new one
 * takes the place of the old. The first contact of a lead becomes the main one, a new main contact
 * demotes the old.
 */
export function connect(account: AccountState, one: End, two: End, details: LinkDetails = {}): LinkRow {
  const [from, to] = sorted(one, two);
  if (to.type === 'companies') dropOthers(account, from, to);
  const id = linkId(from, to);
  const known = account.tables.get('links', id);
  const isContact = from.type === 'leads' && to.type === 'contacts';
  const isMain = isContact && becomesMain(account, from, known, details.isMain);
  return account.tables.put('links', {
    id,
    from_type: from.type,
    from_id: from.id,
    to_type: to.type,
    to_id: to.id,
    is_main: isMain,
    catalog_id: to.type === 'catalog_elements' ? (details.catalogId ?? known?.catalog_id ?? null) : null,
    quantity: to.type === 'catalog_elements' ? (details.quantity ?? known?.quantity ?? 1) : null,
    price_id: details.priceId ?? known?.price_id ?? null,
  });
}

/** Remove a link; false when there was none. A lead that loses its main contact gets the next one. */
export function disconnect(account: AccountState, one: End, two: End): boolean {
  const [from, to] = sorted(one, two);
  const link = account.tables.get('links', linkId(from, to));
  if (!link) return false;
  account.tables.remove('links', link.id);
  if (link.is_main) {
    const next = linksTo(account, 'leads', from.id, 'contacts')[0];
    if (next) account.tables.put('links', { ...next, is_main: true });
  }
  return true;
}

export function areLinked(account: AccountState, one: End, two: End): boolean {
  return account.tables.get('links', linkId(...sorted(one, two))) !== undefined;
}

function becomesMain(
  account: AccountState,
  lead: End,
  known: LinkRow | undefined,
  wanted: boolean | undefined,
): boolean {
  const main = linksTo(account, 'leads', lead.id, 'contacts').find((link) => link.is_main);
  if (!main || main.id === known?.id) return true;
  if (!wanted) return false;
  account.tables.put('links', { ...main, is_main: false });
  return true;
}

function dropOthers(account: AccountState, from: End, company: End): void {
  for (const link of linksTo(account, from.type, from.id, 'companies')) {
    if (link.to_id !== company.id) account.tables.remove('links', link.id);
  }
}

function sorted(one: End, two: End): readonly [End, End] {
  return LINK_ORDER.indexOf(one.type) <= LINK_ORDER.indexOf(two.type) ? [one, two] : [two, one];
}

function linkId(from: End, to: End): string {
  return `${from.type}:${from.id}/${to.type}:${to.id}`;
}

/** The end exists and can be seen. */
export function endExists(account: AccountState, { type, id }: End): boolean {
  if (type === 'catalog_elements') return account.tables.get('elements', id)?.is_deleted === false;
  return entityExists(account, type, id);
}

export function entityExists(account: AccountState, type: EntityType, id: number): boolean {
  const row = account.tables.get(type, id);
  return row !== undefined && isVisible(row);
}

/** Neither deleted nor hidden behind an unsorted lead. */
export function isVisible(row: { is_deleted: boolean; is_unsorted?: boolean }): boolean {
  return !row.is_deleted && row.is_unsorted !== true;
}
