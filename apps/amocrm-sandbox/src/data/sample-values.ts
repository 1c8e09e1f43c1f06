import type { AccountState } from '../state/account.js';
import { TIMEZONE_OFFSET } from '../state/account.js';
import { adopt } from '../state/files.js';
import type { FieldRow, FieldValue } from '../state/rows.js';
import type { Random } from './random.js';
import { CITIES, COMPANY_WORDS, NOTE_TEXTS, STREETS } from './words.js';

const DAY = 86_400;

/** What the samples draw from. */
export interface SampleContext {
  readonly account: AccountState;
  readonly random: Random;
  readonly now: number;
}

type Sample = (context: SampleContext, field: FieldRow) => readonly FieldValue[];

const one = (value: unknown): readonly FieldValue[] => [{ value }];
const midnight = (at: number): number => at - ((at + TIMEZONE_OFFSET) % DAY);
const address = (random: Random): string =>
  `${random.pick(STREETS)}, д. ${random.int(1, 120)}, кв. ${random.int(1, 300)}`;

function enumValue(field: FieldRow, random: Random, count = 1): readonly FieldValue[] {
  return random
    .some(field.enums ?? [], count)
    .map((item) => ({ value: item.value, enum_id: item.id, enum_code: item.code }));
}

function chain({ account, random }: SampleContext, field: FieldRow): readonly FieldValue[] {
  return (field.chained_lists ?? []).map(({ catalog_id: catalogId }) => {
    const elements = [...account.tables.all('elements')].filter((element) => element.catalog_id === catalogId);
    return { catalog_id: catalogId, catalog_element_id: random.pick(elements).id };
  });
}

const TRACKING: Readonly<Record<string, readonly string[]>> = {
  UTM_SOURCE: ['yandex', 'vk', 'google', '2gis'],
  UTM_MEDIUM: ['cpc', 'organic', 'social'],
  UTM_CAMPAIGN: ['kuhni-osen', 'rassrochka', 'shourum'],
};

/** A believable value for each type of lead field, in the shape in which amoCRM shows it. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  text: ({ random }) =>
    one(random.pick(['Фасады без ручек', 'Светлая столешница', 'Антресоль до потолка', 'Скрытая подсветка'])),
  textarea: ({ random }) => one(`${random.pick(NOTE_TEXTS)}\n${random.pick(NOTE_TEXTS)}`),
  numeric: ({ random }) => one((random.int(18, 74) / 10).toString()),
  monetary: ({ random }) => one(String(random.int(10, 200) * 1_000)),
  checkbox: ({ random }) => one(random.chance(0.5)),
  select: ({ random }, field) => enumValue(field, random),
  radiobutton: ({ random }, field) => enumValue(field, random),
  multiselect: ({ random }, field) => enumValue(field, random, random.int(1, 3)),
  date: ({ random, now }) => one(midnight(now + random.int(-60, 30) * DAY)),
  date_time: ({ random, now }) => one(now + random.int(-40, 40) * DAY),
  birthday: ({ random }) => one(midnight(random.int(4_000, 12_000) * DAY)),
  url: ({ random }) => one(`https://disk.example/p/${random.digits(8)}`),
  streetaddress: ({ random }) => one(address(random)),
  smart_address: ({ random }) => [
    { value: address(random), enum_id: 1, enum_code: 'address_line_1' },
    { value: random.pick(CITIES), enum_id: 3, enum_code: 'city' },
    { value: `1${random.digits(5)}`, enum_id: 5, enum_code: 'zip' },
    { value: 'RU', enum_id: 6, enum_code: 'country' },
  ],
  legal_entity: ({ random }) =>
    one({
      name: `ООО «${random.pick(COMPANY_WORDS)}»`,
      entity_type: 2,
      vat_id: `77${random.digits(8)}`,
      kpp: `77${random.digits(7)}`,
    }),
  chained_list: chain,
  file: ({ account, random, now }) => {
    const value = {
      file_uuid: random.uuid(),
      version_uuid: random.uuid(),
      file_name: `Чертёж ${random.int(1, 99)}.pdf`,
      file_size: random.int(40_000, 900_000),
    };
    adopt(account, value, { userId: account.admin().id, at: now });
    return one(value);
  },
  tracking_data: ({ random }, field) => one(random.pick(TRACKING[field.code ?? ''] ?? [random.digits(12)])),
};

/** Values for the writable lead fields; each is filled with the given chance. */
export function sampleFields(context: SampleContext, chance: number): Record<string, readonly FieldValue[]> {
  const filled: Record<string, readonly FieldValue[]> = {};
  for (const field of context.account.fields('leads')) {
    const sample = SAMPLES[field.type];
    if (!sample || field.is_computed || !context.random.chance(chance)) continue;
    filled[field.id] = sample(context, field);
  }
  return filled;
}

/** The computed field of a lead: whole days since it was made. */
export function computedFields(
  account: AccountState,
  createdAt: number,
  now: number,
): Record<string, readonly FieldValue[]> {
  const filled: Record<string, readonly FieldValue[]> = {};
  for (const field of account.fields('leads')) {
    if (field.is_computed) filled[field.id] = one(String(Math.max(0, Math.floor((now - createdAt) / DAY))));
  }
  return filled;
}
