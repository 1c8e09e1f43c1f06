import { problem } from '../http/answers.js';
import type { Call, Handler } from '../http/call.js';
import type { EntityType, UserRow } from '../state/rows.js';
import type { EntityRights, Right } from '../state/user-rights.js';

const ALL: EntityRights = { view: 'A', edit: 'A', add: 'A', delete: 'A', export: 'A' };

/** What a user has who is no administrator and was given nothing else. */
export const USUAL_RIGHTS: EntityRights = { view: 'A', edit: 'M', add: 'A', delete: 'D', export: 'D' };

export function rightsOn(user: UserRow, type: EntityType): EntityRights {
  return user.is_admin ? ALL : { ...USUAL_RIGHTS, ...user.rights?.[type] };
}

function caller(call: Call): UserRow {
  const user = call.account.user(call.userId);
  if (!user) throw problem(403, 'Forbidden');
  return user;
}

/** amoCRM: A = all, G = those of the own group, M = those one is responsible for, D = none. */
function covers(call: Call, user: UserRow, right: Right, row: { readonly responsible_user_id: number }): boolean {
  switch (right) {
    case 'A':
      return true;
    case 'G':
      return call.account.groupOf(row.responsible_user_id) === user.group_id;
    case 'M':
      return row.responsible_user_id === user.id;
    case 'D':
      return false;
  }
}

/** A test for rows that the caller may see; null when all may be seen. */
export function viewTest(call: Call, type: EntityType): ((row: { responsible_user_id: number }) => boolean) | null {
  const user = caller(call);
  const { view } = rightsOn(user, type);
  return view === 'A' ? null : (row) => covers(call, user, view, row);
}

/** Refuse what the caller's rights do not cover; without a row the right itself must not be D. */
export function requireRight(
  call: Call,
  type: EntityType,
  right: 'view' | 'edit' | 'add',
  row?: { readonly responsible_user_id: number },
): void {
  const user = caller(call);
  const given = rightsOn(user, type)[right];
  if (row ? covers(call, user, given, row) : given !== 'D') return;
  throw call.settings.noRights === 'forbidden'
    ? problem(403, 'Forbidden')
    : problem(400, 'Код ошибки 244. Недостаточно прав для изменения сущности');
}

/** amoCRM: only administrators see the list of users, subscribe webhooks and change fields and pipelines. */
export function requireAdmin(call: Call): void {
  if (!caller(call).is_admin) throw problem(403, 'Forbidden');
}

/** The same handler for administrators only. */
export function adminOnly(handler: Handler): Handler {
  return (call) => {
    requireAdmin(call);
    return handler(call);
  };
}
