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
