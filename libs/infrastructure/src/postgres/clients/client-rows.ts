import { Client, type ClientFacts, type ClientKind } from '#domain/clients/client.js';
import { mainValue, searchText } from '#domain/clients/client-keys.js';
import { sortKey } from '#domain/clients/client-texts.js';
import type { ClientId, UserId, WorkspaceId } from '#domain/shared/ids.js';
import type { TitlesView } from '#application/clients/queries/get-dictionary/dictionary.view.js';
import type { ClientRowView } from '#application/clients/queries/list-clients/client-row.view.js';
import type { ClientView } from '#application/clients/queries/get-client/client.view.js';

type Language = 'ru' | 'en';

/** A title in the reader's language, or else in Russian. */
const titleIn = (language: Language, titles: TitlesView | null): string | null =>
  (language === 'en' ? titles?.en : null) ?? titles?.ru ?? null;

/** A client's columns as they are said of it, under the names of the views. */
export const CARD_COLUMNS = `kind, name, names, phones, emails, messengers, addresses, inn, kpp, ogrn, tags,
  source_id AS "sourceId", responsible_id AS "responsibleId", notes, fields`;

export type FactsRow = Omit<ClientFacts, 'workspaceId'>;

/** A client as its row says. */
export const clientOf = (workspaceId: WorkspaceId, row: FactsRow): Client => Client.restore({ ...row, workspaceId });

export const FACTS_COLUMNS = `id, ${CARD_COLUMNS}, version, created_at AS "createdAt", created_by AS "createdBy",
  updated_at AS "updatedAt", deleted_at AS "deletedAt"`;

/** A timestamp as Postgres writes it in UTC, `2026-11-21 09:00:00.5+00`, as ISO 8601 with milliseconds. */
export const isoOf = (text: string): string => {
  const [day, time = ''] = [text.slice(0, 10), text.slice(11, -3)];
  const [clock, fraction = ''] = time.split('.');
  return `${day}T${clock}.${fraction.padEnd(3, '0')}Z`;
};

export interface CardRow extends Omit<ClientView, 'createdAt' | 'updatedAt' | 'sourceTitle'> {
  readonly source_titles: SourceTitles;
  readonly created_at: string;
  readonly updated_at: string;
}

export const cardViewOf = (
  { created_at, updated_at, source_titles, ...row }: CardRow,
  language: Language,
): ClientView => ({
  ...row,
  sourceTitle: titleIn(language, source_titles),
  createdAt: isoOf(created_at),
  updatedAt: isoOf(updated_at),
});

/** What the columns of a list's row are made of. */
export const ROW_SOURCES =
  `id, kind, name, main_phone, main_email, tags, source_id, responsible_id, version, name_key, created_at,
  updated_at, deleted_at`.split(/,\s+/);

/** What the source is called; its id is looked up only where there is one. */
export const SOURCE_TITLES = `(SELECT json_build_object('ru', title_ru, 'en', title_en) FROM dictionary_entries e
    WHERE e.workspace_id = $1 AND e.id = clients.source_id) AS source_titles`;
type SourceTitles = TitlesView | null;

/** Columns of a list's row. Timestamps as text: reading fifty of them into dates and back costs more than the query. */
export const ROW_COLUMNS = `id, kind, name, main_phone, main_email, tags, source_id, responsible_id, version, name_key,
  created_at::text AS created_at, updated_at::text AS updated_at, deleted_at::text AS deleted_at,
  ${SOURCE_TITLES}`;

export interface ListRow {
  readonly id: ClientId;
  readonly kind: ClientKind;
  readonly name: string;
  readonly main_phone: string | null;
  readonly main_email: string | null;
  readonly tags: readonly string[];
  readonly source_id: string | null;
  readonly source_titles: SourceTitles;
  readonly responsible_id: UserId | null;
  readonly version: number;
  readonly name_key: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
  /** Rows among which this one was found, when they were gathered. */
  readonly gathered?: number;
}

export const rowViewOf = (row: ListRow, language: Language): Omit<ClientRowView, 'purgedAt'> => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  phone: row.main_phone,
  email: row.main_email,
  tags: row.tags,
  sourceId: row.source_id,
  sourceTitle: titleIn(language, row.source_titles),
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
