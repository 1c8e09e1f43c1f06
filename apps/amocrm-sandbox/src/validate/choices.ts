import type { AccountState } from '../state/account.js';
import { entityExists } from '../state/links.js';
import { anInt, chosen, type Rule } from './rules.js';

const isActive = (account: AccountState, id: number): boolean => account.user(id)?.is_active === true;

/** A user who can be responsible. amoCRM: a deactivated or deleted user is not a valid choice. */
export const aResponsible: Rule<number> = chosen(anInt, (id, account) => isActive(account, id));

/** An author: 0 is the robot; a deactivated user is refused even when it was read from amoCRM. */
export const anAuthor: Rule<number> = chosen(anInt, (id, account) => id === 0 || isActive(account, id));

export const aContactId: Rule<number> = chosen(anInt, (id, account) => entityExists(account, 'contacts', id));
export const aCompanyId: Rule<number> = chosen(anInt, (id, account) => entityExists(account, 'companies', id));
export const aPipelineId: Rule<number> = chosen(
  anInt,
  (id, account) => account.tables.get('pipelines', id) !== undefined,
);
export const aLossReasonId: Rule<number> = chosen(
  anInt,
  (id, account) => account.tables.get('lossReasons', id) !== undefined,
);
export const aTaskTypeId: Rule<number> = chosen(
  anInt,
  (id, account) => account.tables.get('taskTypes', id) !== undefined,
);
