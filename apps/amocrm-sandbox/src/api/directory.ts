import { noContent, ok, problem, type Answer } from '../http/answers.js';
import { idParam, route, selfLink, withs, type Call, type Route } from '../http/call.js';
import { listAnswer } from '../http/paging.js';
import { TIMEZONE_OFFSET } from '../state/account.js';
import type { NamedRow, UserRow } from '../state/rows.js';
import { adminOnly, requireAdmin, rightsOn, USUAL_RIGHTS } from './rights.js';

/** What an account has that does not choose for itself. */
const PLATFORM_FACTS = {
  amocrm: { country: 'RU', currency: 'RUB', currencySymbol: '₽', language: 'ru' },
  kommo: { country: 'US', currency: 'USD', currencySymbol: '$', language: 'en' },
} as const;

const TASK_TYPE_CODES: Readonly<Record<number, string>> = { 1: 'FOLLOW_UP', 2: 'MEETING' };

/** `GET /api/v4/account`. amoCRM: everything beyond the basics only when asked for by `with`. */
function account(call: Call): Answer {
  const row = call.world.accountRow(call.account.id);
  const { country, currency, currencySymbol } = PLATFORM_FACTS[call.platform];
  return ok({
    id: row.id,
    name: row.name,
    subdomain: row.subdomain,
    created_at: row.created_at,
    created_by: 0,
    updated_at: row.created_at,
    updated_by: 0,
    current_user_id: call.userId,
    country,
    currency: row.currency ?? currency,
    currency_symbol: row.currency && row.currency !== currency ? row.currency : currencySymbol,
    customers_mode: call.settings.customersMode,
    is_unsorted_on: true,
    mobile_feature_version: 0,
    is_loss_reason_enabled: true,
    is_helpbot_enabled: false,
    is_technical_account: false,
    contact_name_display_order: 1,
    ...askedTop(call),
    _links: selfLink(call, '/api/v4/account'),
    _embedded: askedEmbedded(call),
  });
}

function askedTop(call: Call): object {
  const values: Readonly<Record<string, unknown>> = {
    amojo_id: '2f6f3d1c-5c1b-4d53-9f0e-000000000001',
    uuid: '7b0b4f0e-38a9-4e5c-8e43-000000000001',
    version: 17,
    entity_names: { leads: { ru: { gender: 'f', plural_form: {}, singular_form: {} } } },
    drive_url: call.baseUrl,
    is_api_filter_enabled: call.settings.filters === 'enabled',
    invoices_settings: { lang: null },
  };
  const asked = withs(call);
  return Object.fromEntries(Object.entries(values).filter(([name]) => asked.has(name)));
}

function askedEmbedded(call: Call): object {
  const { tables } = call.account;
  const values: Readonly<Record<string, () => unknown>> = {
    amojo_rights: () => ({ can_direct: true, can_create_groups: true }),
    users_groups: () => [...tables.all('groups')].map((group) => ({ id: group.id, name: group.name, uuid: null })),
    task_types: () =>
      [...tables.all('taskTypes')].map((type) => ({
        id: type.id,
        name: type.name,
        color: null,
        icon_id: null,
        code: TASK_TYPE_CODES[type.id] ?? null,
      })),
    datetime_settings: () => ({
      date_pattern: 'd.m.Y H:i',
      short_date_pattern: 'd.m.Y',
      short_time_pattern: 'H:i',
      date_formant: 'd.m.Y',
      time_format: 'H:i:s',
      timezone: 'Europe/Moscow',
      timezone_offset: `+0${TIMEZONE_OFFSET / 3600}:00`,
    }),
  };
  const asked = withs(call);
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, make]) => (asked.has(name) ? [[name, make()]] : [])),
  );
}

function rightsOf(user: UserRow): object {
  return {
    leads: rightsOn(user, 'leads'),
    contacts: rightsOn(user, 'contacts'),
    companies: rightsOn(user, 'companies'),
    tasks: { edit: user.is_admin ? 'A' : 'M', delete: user.is_admin ? 'A' : 'D' },
    mail_access: user.is_admin,
    catalog_access: true,
    files_access: true,
    status_rights: [],
    catalog_rights: [],
    custom_fields_rights: null,
    oper_day_reports_view_access: false,
    oper_day_user_tracking: false,
    is_admin: user.is_admin,
    is_free: false,
    is_active: user.is_active,
    group_id: user.group_id === 0 ? null : user.group_id,
    role_id: user.role_id,
  };
}

export function userModel(call: Call, user: UserRow): object {
  const asked = withs(call);
  const role = user.role_id === null ? undefined : call.account.tables.get('roles', user.role_id);
  const group = call.account.tables.get('groups', user.group_id);
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    lang: call.world.accountRow(call.account.id).language ?? PLATFORM_FACTS[call.platform].language,
    rights: rightsOf(user),
    ...(asked.has('uuid') ? { uuid: null } : {}),
    ...(asked.has('amojo_id') ? { amojo_id: null } : {}),
    ...(asked.has('user_rank') ? { user_rank: null } : {}),
    ...(asked.has('phone_number') ? { phone_number: null } : {}),
    _links: selfLink(call, `/api/v4/users/${user.id}`),
    _embedded: {
      ...(asked.has('role') ? { roles: role ? [named(call, 'roles', role)] : [] } : {}),
      ...(asked.has('group') ? { groups: group ? [{ id: group.id, name: group.name, uuid: null }] : [] } : {}),
    },
  };
}

function named(call: Call, path: string, row: NamedRow): object {
  return { id: row.id, name: row.name, _links: selfLink(call, `/api/v4/${path}/${row.id}`) };
}

/** amoCRM: external integrations have no access to users. */
function requireOwnIntegration({ world, clientId }: Call): void {
  if (world.tables.get('integrations', clientId)?.external) throw problem(403, 'Forbidden');
}

function users(call: Call): Answer {
  requireOwnIntegration(call);
  requireAdmin(call);
  return listAnswer(call, {
    key: 'users',
    rows: [...call.account.tables.all('users')],
    model: (user) => userModel(call, user),
    totals: true,
  });
}

function roleModel(call: Call, role: NamedRow): object {
  const members = [...call.account.tables.all('users')]
    .filter((user) => user.role_id === role.id)
    .map((user) => user.id);
  return { ...named(call, 'roles', role), rights: USUAL_RIGHTS, _embedded: { users: members } };
}

export const directoryRoutes: readonly Route[] = [
  route('GET', '/api/v4/account', account),
  route('GET', '/api/v4/users', users),
  route('GET', '/api/v4/users/:id', (call) => {
    requireOwnIntegration(call);
    requireAdmin(call);
    const user = call.account.user(idParam(call));
    if (!user) throw problem(404, 'User not found');
    return ok(userModel(call, user));
  }),
  route('GET', '/api/v4/roles', (call) => {
    requireAdmin(call);
    return listAnswer(call, {
      key: 'roles',
      rows: [...call.account.tables.all('roles')],
      model: (role) => roleModel(call, role),
      totals: true,
    });
  }),
  route(
    'GET',
    '/api/v4/roles/:id',
    adminOnly((call) => {
      const role = call.account.tables.get('roles', idParam(call));
      return role ? ok(roleModel(call, role)) : noContent;
    }),
  ),
];
