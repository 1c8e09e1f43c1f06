import type { AccountState } from '../state/account.js';
import type { ChainedListRow, EnumRow, FieldOwner, FieldRow } from '../state/rows.js';

const PHONE_CODES = ['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER'];
const EMAIL_CODES = ['WORK', 'PRIV', 'OTHER'];

export interface FieldDraft {
  readonly name: string;
  readonly type: string;
  readonly code?: string;
  readonly enums?: readonly string[];
  /** The enums are codes, as for phones. */
  readonly coded?: true;
  readonly computed?: true;
  readonly predefined?: true;
  readonly group?: string;
  readonly chain?: readonly ChainedListRow[];
}

/** Every type of field that leads can have, one of them computed. */
export function leadFields(chain: readonly ChainedListRow[]): FieldDraft[] {
  const tracking = [
    'UTM_SOURCE',
    'UTM_MEDIUM',
    'UTM_CAMPAIGN',
    'UTM_CONTENT',
    'UTM_TERM',
    'REFERRER',
    'ROISTAT',
    '_YM_UID',
  ];
  return [
    { name: 'Пожелания', type: 'text' },
    { name: 'Комментарий замерщика', type: 'textarea' },
    { name: 'Длина кухни, м', type: 'numeric' },
    { name: 'Аванс', type: 'monetary' },
    { name: 'Нужна доставка', type: 'checkbox' },
    { name: 'Откуда узнали', type: 'select', enums: ['Сайт', 'Шоурум', 'Рекомендация', 'Реклама', 'Дизайнер'] },
    { name: 'Техника', type: 'multiselect', enums: ['Плита', 'Духовка', 'Вытяжка', 'Посудомойка', 'Холодильник'] },
    { name: 'Способ оплаты', type: 'radiobutton', enums: ['Наличные', 'Карта', 'Рассрочка', 'Счёт'] },
    { name: 'Дата замера', type: 'date' },
    { name: 'Начало монтажа', type: 'date_time' },
    { name: 'День рождения заказчика', type: 'birthday' },
    { name: 'Проект в облаке', type: 'url' },
    { name: 'Адрес объекта', type: 'streetaddress' },
    { name: 'Адрес доставки', type: 'smart_address' },
    { name: 'Плательщик', type: 'legal_entity' },
    { name: 'Материал и цвет', type: 'chained_list', chain },
    { name: 'Чертёж', type: 'file' },
    { name: 'Дней в работе', type: 'numeric', computed: true },
    ...tracking.map((code): FieldDraft => ({
      name: code.toLowerCase(),
      type: 'tracking_data',
      code,
      predefined: true,
      group: 'statistic',
    })),
  ];
}

export const CONTACT_FIELDS: readonly FieldDraft[] = [
  { name: 'Телефон', type: 'multitext', code: 'PHONE', enums: PHONE_CODES, coded: true, predefined: true },
  { name: 'Email', type: 'multitext', code: 'EMAIL', enums: EMAIL_CODES, coded: true, predefined: true },
  { name: 'Должность', type: 'text', code: 'POSITION', predefined: true },
  { name: 'День рождения', type: 'birthday' },
  { name: 'Удобный канал', type: 'select', enums: ['Звонок', 'Почта', 'Мессенджер'] },
];

export const COMPANY_FIELDS: readonly FieldDraft[] = [
  { name: 'Телефон', type: 'multitext', code: 'PHONE', enums: PHONE_CODES, coded: true, predefined: true },
  { name: 'Email', type: 'multitext', code: 'EMAIL', enums: EMAIL_CODES, coded: true, predefined: true },
  { name: 'Web', type: 'url', code: 'WEB', predefined: true },
  { name: 'Адрес', type: 'textarea', code: 'ADDRESS', predefined: true },
  { name: 'Реквизиты', type: 'legal_entity' },
];

export function addFields(account: AccountState, owner: FieldOwner, drafts: readonly FieldDraft[]): FieldRow[] {
  return drafts.map((draft, index) =>
    account.tables.put('fields', {
      id: account.tables.nextId('fields'),
      owner,
      name: draft.name,
      type: draft.type,
      code: draft.code ?? null,
      sort: (index + 1) * 10,
      group_id: draft.group ?? 'default',
      is_api_only: false,
      is_predefined: draft.predefined ?? false,
      is_computed: draft.computed ?? false,
      enums: draft.enums ? enumRows(account, draft.enums, draft.coded ?? false) : null,
      chained_lists: draft.chain ?? null,
      currency: draft.type === 'monetary' ? 'RUB' : null,
      remind: draft.type === 'birthday' ? 'never' : null,
    }),
  );
}

function enumRows(account: AccountState, values: readonly string[], coded: boolean): EnumRow[] {
  return values.map((value, index) => ({
    id: account.nextEnumId(),
    value,
    sort: (index + 1) * 10,
    code: coded ? value : null,
  }));
}
