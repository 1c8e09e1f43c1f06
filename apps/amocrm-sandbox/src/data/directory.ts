import type { AccountState } from '../state/account.js';
import { addPipeline } from '../state/pipelines.js';
import { fillCatalogs } from './catalogs.js';
import { addFields, COMPANY_FIELDS, CONTACT_FIELDS, leadFields } from './fields.js';
import type { Random } from './random.js';

const GROUPS = ['Отдел продаж', 'Сервис', 'Корпоративный отдел'];

/** Name, group (0 = default), active. The first is the administrator; the last two have left. */
const USERS: readonly (readonly [name: string, email: string, group: number, active: boolean])[] = [
  ['Вера Дубравина', 'vera@dubrava.example', 0, true],
  ['Игорь Лапин', 'lapin@dubrava.example', 1, true],
  ['Марина Снегирёва', 'snegireva@dubrava.example', 1, true],
  ['Олег Журавлёв', 'zhuravlev@dubrava.example', 1, true],
  ['Алла Синицына', 'sinitsyna@dubrava.example', 1, true],
  ['Пётр Грачёв', 'grachev@dubrava.example', 2, true],
  ['Римма Чайкина', 'chaikina@dubrava.example', 2, true],
  ['Тимур Соколов', 'sokolov@dubrava.example', 2, true],
  ['Лидия Голубева', 'golubeva@dubrava.example', 3, true],
  ['Юрий Коршунов', 'korshunov@dubrava.example', 3, true],
  ['Нина Дроздова', 'drozdova@dubrava.example', 1, false],
  ['Семён Воронов', 'voronov@dubrava.example', 2, false],
];

const PIPELINES: readonly (readonly [name: string, stages: readonly string[]])[] = [
  [
    'Кухни на заказ',
    [
      'Новая заявка',
      'Назначен замер',
      'Смета отправлена',
      'Договор',
      'Предоплата',
      'Производство',
      'Доставка и монтаж',
      'Приёмка',
    ],
  ],
  [
    'Сервис и гарантия',
    ['Обращение', 'Диагностика', 'Ждём запчасти', 'Выезд назначен', 'Выполнено', 'Проверка отзывом'],
  ],
  [
    'Корпоративные заказы',
    [
      'Запрос',
      'Встреча',
      'Коммерческое предложение',
      'Тендер',
      'Согласование договора',
      'Производство',
      'Сдача объекта',
    ],
  ],
];

const LOSS_REASONS = [
  'Дорого',
  'Выбрали другую мастерскую',
  'Отложили ремонт',
  'Не подошли сроки',
  'Не отвечает',
  'Не наш профиль',
];
const STAGE_COLORS = ['#fffeb2', '#ffeab2', '#ffdc7f', '#d6eaff', '#c1e0ff', '#98cbff', '#ebffb1', '#deff81'];

/** What an account has before its first deal: people, pipelines, fields, lists. */
export function fillDirectory(account: AccountState, random: Random, now: number): void {
  fillUsers(account);
  PIPELINES.forEach(([name, stages], index) => {
    const statuses = stages.map((stage, position) => ({
      name: stage,
      color: STAGE_COLORS[position % STAGE_COLORS.length] ?? '#fffeb2',
    }));
    addPipeline(account, { name, sort: index + 1, is_main: index === 0, is_unsorted_on: true }, statuses);
  });
  LOSS_REASONS.forEach((name, index) =>
    account.tables.put('lossReasons', {
      id: account.tables.nextId('lossReasons'),
      name,
      sort: (index + 1) * 10_000,
      created_at: now,
      updated_at: now,
    }),
  );
  ['Связаться', 'Встреча', 'Замер'].forEach((name, index) => account.tables.put('taskTypes', { id: index + 1, name }));
  const chain = fillCatalogs(account, random, now);
  fillGroups(account);
  addFields(account, 'leads', leadFields(chain));
  addFields(account, 'contacts', CONTACT_FIELDS);
  addFields(account, 'companies', COMPANY_FIELDS);
}

function fillUsers(account: AccountState): void {
  ['Отдел продаж (по умолчанию)', ...GROUPS].forEach((name, id) => account.tables.put('groups', { id, name }));
  ['Менеджер', 'Мастер'].forEach((name, index) => account.tables.put('roles', { id: index + 1, name }));
  USERS.forEach(([name, email, group, active], index) =>
    account.tables.put('users', {
      id: account.tables.nextId('users'),
      name,
      email,
      group_id: group,
      role_id: index === 0 ? null : group === 2 ? 2 : 1,
      is_admin: index === 0,
      is_active: active,
    }),
  );
}

function fillGroups(account: AccountState): void {
  for (const owner of ['leads', 'contacts', 'companies'] as const) {
    account.tables.put('fieldGroups', {
      id: `${owner}/default`,
      owner,
      name: 'Основное',
      sort: 1,
      is_predefined: true,
    });
  }
  account.tables.put('fieldGroups', {
    id: 'leads/statistic',
    owner: 'leads',
    name: 'Статистика',
    sort: 2,
    is_predefined: true,
  });
}
