import type { ErrorSpec } from '#domain/shared/app-error.js';
import { crmErrors } from '#application/crm/index.js';

/** Problems of a route that looks into the account directory. */
export const DIRECTORY_PROBLEMS: readonly ErrorSpec[] = [
  crmErrors['crm.not_connected'],
  crmErrors['crm.directory_not_read'],
];

/** Problems of a route that waits for an answer of amoCRM. */
export const AMOCRM_PROBLEMS: readonly ErrorSpec[] = [
  crmErrors['crm.not_connected'],
  crmErrors['crm.reconnect_needed'],
  crmErrors['crm.account_blocked'],
  crmErrors['crm.subscription_ended'],
  crmErrors['crm.forbidden'],
  crmErrors['crm.refused'],
  crmErrors['crm.busy'],
  crmErrors['crm.unreachable'],
  crmErrors['crm.too_heavy'],
];

/** Problems of a route that takes a grant: those of the grant, and of asking amoCRM whose it is. */
export const CONNECT_PROBLEMS: readonly ErrorSpec[] = [
  crmErrors['crm.host_not_allowed'],
  crmErrors['crm.oauth_refused'],
  crmErrors['crm.other_account'],
  crmErrors['crm.account_blocked'],
  crmErrors['crm.subscription_ended'],
  crmErrors['crm.forbidden'],
  crmErrors['crm.refused'],
  crmErrors['crm.too_heavy'],
  crmErrors['crm.unreachable'],
];
