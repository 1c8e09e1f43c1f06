import { Client, type ClientFacts, type ClientKind } from '#domain/clients/client.js';
import { mainValue, searchText } from '#domain/clients/client-keys.js';
import { sortKey } from '#domain/clients/client-texts.js';
import type { ClientId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { ClientRowView } from '#application/clients/queries/list-clients/client-row.view.js';
import type { ClientView } from '#application/clients/queries/get-client/client.view.js';

/** A client's columns as they are said of it, under the names of the views. */
export const CARD_COLUMNS = `kind, name, names, phones, emails, messengers, addresses, inn, kpp, ogrn, tags,
  source_id AS "sourceId", responsible_id AS "responsibleId", notes, fields`;

export type FactsRow = Omit<ClientFacts, 'workspaceId'>;

/** A client as its row says. */
export const clientOf = (workspaceId: WorkspaceId, row: FactsRow): Client => Client.restore({ ...row, workspaceId });

export const FACTS_COLUMNS = `id, ${CARD_COLUMNS}, version, created_at AS "createdAt", created_by AS "createdBy",
  updated_at AS "updatedAt", deleted_at AS "deletedAt"`;

// By how many signs follow the seconds: none, or a point and one to three digits.
const ENDS = ['.000Z', '', '00Z', '0Z', 'Z'];

/**
 * A timestamp as Postgres writes it in UTC, `2026-11-21 09:00:00.5+00`, as ISO 8601 with milliseconds. A list has a hundred
 * of them: no pieces are cut but the two that stay.
 */
export const isoOf = (text: string): string => {
  const end = text.length - '+00'.length;
  return `${text.slice(0, 10)}T${text.slice(11, end)}${ENDS[end - '2026-11-21 09:00:00'.length] ?? 'Z'}`;
};

export interface CardRow extends Omit<ClientView, 'createdAt' | 'updatedAt' | 'sourceTitle'> {
  readonly created_at: string;
  readonly updated_at: string;
}

export const cardViewOf = ({ created_at, updated_at, ...row }: CardRow): Omit<ClientView, 'sourceTitle'> => ({
  ...row,
  createdAt: isoOf(created_at),
  updatedAt: isoOf(updated_at),
});

/** What the columns of a list's row are made of. */
export const ROW_SOURCES =
  `id, kind, name, main_phone, main_email, tags, source_id, responsible_id, version, name_key, created_at,
  updated_at, deleted_at`.split(/,\s+/);

/** Columns of a list's row. Timestamps as text: reading fifty of them into dates and back costs more than the query. */
export const ROW_COLUMNS = `id, kind, name, main_phone, main_email, tags, source_id, responsible_id, version, name_key,
  created_at::text AS created_at, updated_at::text AS updated_at, deleted_at::text AS deleted_at`;

export interface ListRow {
  readonly id: ClientId;
  readonly kind: ClientKind;
  readonly name: string;
  readonly main_phone: string | null;
  readonly main_email: string | null;
  readonly tags: readonly string[];
  readonly source_id: string | null;
  readonly responsible_id: UserId | null;
  readonly version: number;
  readonly name_key: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
}

export const rowViewOf = (row: ListRow): Omit<ClientRowView, 'purgedAt' | 'sourceTitle'> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  phone: row.main_phone,
  email: row.main_email,
  tags: row.tags,
  sourceId: row.source_id,
  responsibleId: row.responsible_id,
  createdAt: isoOf(row.created_at),
  updatedAt: isoOf(row.updated_at),
  deletedAt: row.deleted_at === null ? null : isoOf(row.deleted_at),
  version: row.version,
});

/** Columns that are written, in the order of `valuesOf`. */
export const WRITTEN = `kind, name, names, phones, emails, messengers, addresses, inn, kpp, ogrn, tags, source_id,
  responsible_id, notes, fields, name_key, search_text, main_phone, main_email, updated_at, deleted_at`;

/** Values of `WRITTEN`. */
export const valuesOf = (facts: ClientFacts): readonly unknown[] => [
  facts.kind,
  facts.name,
  JSON.stringify(facts.names),
  JSON.stringify(facts.phones),
  JSON.stringify(facts.emails),
  JSON.stringify(facts.messengers),
  JSON.stringify(facts.addresses),
  facts.inn,
  facts.kpp,
  facts.ogrn,
  facts.tags,
  facts.sourceId,
  facts.responsibleId,
  facts.notes,
  JSON.stringify(facts.fields),
  sortKey(facts.name),
  searchText(facts),
  mainValue(facts.phones.map((phone) => ({ ...phone, value: phone.e164 ?? phone.value }))),
  mainValue(facts.emails),
  facts.updatedAt,
  facts.deletedAt,
];
