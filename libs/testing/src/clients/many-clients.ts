import { asId, type DictionaryEntryId } from '#domain/shared/ids.js';
import type { ClientCard } from '#domain/clients/client.js';
import { clientKeys, mainValue, searchText } from '#domain/clients/client-keys.js';
import { sortKey } from '#domain/clients/client-texts.js';

const SURNAMES =
  'Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров'.split(
    ' ',
  );
const MEN =
  'Александр Дмитрий Максим Сергей Андрей Алексей Артём Илья Кирилл Михаил Никита Роман Егор Иван Денис'.split(' ');
const WOMEN =
  'Анастасия Мария Анна Виктория Екатерина Наталья Марина Полина София Дарья Ксения Елена Ольга Юлия Ирина'.split(' ');
const FATHERS = 'Александр Дмитри Серге Андре Алексе Михайл Роман Иван Павл Юрь'.split(' ');
const FIRMS = 'Вектор Прогресс Горизонт Альфа Мегаполис Гранит Лидер Партнёр Оптима Ритм Квант Ромашка'.split(' ');
const SOURCES = 8;
const TAGS = ['vip', 'опт', 'новый', 'ушёл', 'повтор'];

/** A number that looks random and is always the same for `n`. */
const mix = (n: number, salt: number): number => {
  let x = Math.imul(n ^ (salt * 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};
const pick = <T>(all: readonly T[], n: number): T => all[n % all.length]!;

const nameOf = (n: number): string => {
  const [a, b, c] = [mix(n, 1), mix(n, 2), mix(n, 3)];
  if (n % 10 === 0) return `ООО «${pick(FIRMS, a)}-${b % 997}»`;
  const isMan = c % 2 === 0;
  const father = pick(FATHERS, c >>> 8);
  const last = pick(SURNAMES, a) + (isMan ? '' : 'а');
  return `${last} ${pick(isMan ? MEN : WOMEN, b)} ${father}${isMan ? 'ович' : 'овна'}`;
};

/** Id of an entry of the dictionary `sources` that many clients have; there are eight. */
export const idOfSource = (n: number): string => `01890000-0000-7000-a000-${String(n).padStart(12, '0')}`;

const cardOf = (n: number): ClientCard => {
  const e164 = `+79${String(mix(n, 4) % 1_000_000_000).padStart(9, '0')}`;
  const [email, tag] = [`client${n}@example.org`, mix(n, 5)];
  return {
    kind: n % 10 === 0 ? 'company' : 'person',
    name: nameOf(n),
    names: {},
    phones: [{ value: e164, e164, extension: null, kind: 'mobile', main: true }],
    emails: n % 5 === 0 ? [] : [{ value: email, kind: 'work', main: true }],
    messengers: [],
    addresses: [],
    inn: n % 10 === 0 ? String(1_000_000_000 + n) : null,
    kpp: null,
    ogrn: null,
    tags: tag % 4 === 0 ? [pick(TAGS, tag >>> 4)] : [],
    sourceId: asId<DictionaryEntryId>(idOfSource(mix(n, 6) % SOURCES)),
    responsibleId: null,
    notes: null,
    fields: {},
  };
};

/** Id of the `n`th client: ordered as they were created. */
export const idOfMany = (n: number): string => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const FIRST_AT = Date.UTC(2023, 10, 1);
const EVERY_MS = 90_000;

export const MANY_CLIENTS_COLUMNS =
  'workspace_id, id, kind, name, phones, emails, inn, tags, source_id, name_key, search_text, main_phone, main_email, created_at, updated_at';
export const MANY_KEYS_COLUMNS = 'workspace_id, key, client_id';

/** Lines for COPY: of `clients`, and of `client_keys`. */
export const manyClients = (
  workspaceId: string,
  n: number,
): { readonly client: string; readonly keys: readonly string[] } => {
  const card = cardOf(n);
  const id = idOfMany(n);
  const at = new Date(FIRST_AT + n * EVERY_MS).toISOString();
  const columns = [
    workspaceId,
    id,
    card.kind,
    card.name,
    JSON.stringify(card.phones),
    JSON.stringify(card.emails),
    card.inn,
    `{${card.tags.join(',')}}`,
    card.sourceId,
    sortKey(card.name),
    searchText(card),
    mainValue(card.phones),
    mainValue(card.emails),
    at,
    at,
  ];
  return { client: line(columns), keys: clientKeys(card, []).map((key) => line([workspaceId, key, id])) };
};

const line = (columns: readonly (string | null)[]): string =>
  `${columns.map((value) => (value === null ? '\\N' : value.replace(/[\\\t\n\r]/g, (c) => `\\${c === '\t' ? 't' : c === '\n' ? 'n' : c === '\r' ? 'r' : c}`))).join('\t')}\n`;
