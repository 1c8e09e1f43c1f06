import type pg from 'pg';
import type { ClientCard } from '#domain/clients/client.js';
import type { ClientField } from '#domain/clients/client-field.js';
import { clientKeys, mainValue, searchText } from '#domain/clients/client-keys.js';
import { sortKey } from '#domain/clients/client-texts.js';
import type { ClientFieldId, UserId } from '#domain/shared/ids.js';
import { copyIn } from '#testing/clients/copy-in.js';
import { clientId, userId, WORKSPACE_ID } from './ids.js';

/** The seed's one column that a card has not: a field of the workspace's own. */
export const COMPANY: ClientField = {
  id: '00000000-0000-7000-8000-500000000001' as ClientFieldId,
  code: 'company',
  type: 'text',
  title: 'Компания',
  appliesTo: 'all',
  required: false,
  unique: false,
  position: 0,
  choices: [],
  archived: false,
  version: 1,
};

interface SeedClient {
  readonly id: number;
  readonly full_name: string;
  readonly phone: string;
  readonly email: string | null;
  readonly company: string | null;
  readonly city: string | null;
  readonly status: string;
  readonly source: string | null;
  readonly manager_id: number;
  readonly created_at: string;
  readonly updated_at: string;
}

const cardOf = (row: SeedClient): ClientCard => ({
  kind: 'person',
  name: row.full_name,
  names: {},
  phones: [{ value: row.phone, e164: row.phone, extension: null, kind: 'mobile', main: true }],
  emails: row.email === null ? [] : [{ value: row.email, kind: 'work', main: true }],
  messengers: [],
  addresses: row.city === null ? [] : [{ value: row.city, kind: 'actual', main: true }],
  inn: null,
  kpp: null,
  ogrn: null,
  tags: [row.status],
  source: row.source,
  responsibleId: userId(row.manager_id) as UserId,
  notes: null,
  fields: row.company === null ? {} : { [COMPANY.code]: row.company },
});

const COLUMNS = `workspace_id, id, kind, name, names, phones, emails, messengers, addresses, tags, source, responsible_id,
  fields, name_key, search_text, main_phone, main_email, created_at, created_by, updated_at`;

const valuesOf = (row: SeedClient, card: ClientCard): readonly (string | null)[] => [
  WORKSPACE_ID,
  clientId(row.id),
  card.kind,
  card.name,
  JSON.stringify(card.names),
  JSON.stringify(card.phones),
  JSON.stringify(card.emails),
  JSON.stringify(card.messengers),
  JSON.stringify(card.addresses),
  `{${card.tags.join(',')}}`,
  card.source,
  card.responsibleId,
  JSON.stringify(card.fields),
  sortKey(card.name),
  searchText(card),
  mainValue(card.phones),
  mainValue(card.emails),
  row.created_at,
  card.responsibleId,
  row.updated_at,
];

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const line = (values: readonly (string | null)[]): string =>
  `${values.map((value) => value?.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? sign) ?? '\\N').join('\t')}\n`;

/** The seed's clients as the product would have written them: its own rules make sort keys, search texts and keys. */
export const copyClients = async (owner: pg.Client): Promise<void> => {
  const { rows } = await owner.query<SeedClient>(
    `SELECT c.id::int, c.full_name, c.phone, c.email, c.company, c.city, c.status, s.code AS source, c.manager_id,
       c.created_at::text, c.updated_at::text
     FROM seed.clients c LEFT JOIN seed.sources s ON s.id = c.source_id ORDER BY c.id`,
  );
  const cards = rows.map(cardOf);
  const lines = rows.map((row, index) => line(valuesOf(row, cards[index]!)));
  await copyIn(owner, 'public.clients', COLUMNS, lines);
  const keys = cards.flatMap((card, index) =>
    clientKeys(card, [COMPANY]).map((key) => line([WORKSPACE_ID, key, clientId(rows[index]!.id)])),
  );
  await copyIn(owner, 'public.client_keys', 'workspace_id, key, client_id', keys);
};
