import { defineErrors } from '../shared/app-error.js';

/** Errors of the amoCRM connection. */
export const crmErrors = defineErrors({
  'crm.not_connected': ['upstream_revoked', 'amoCRM is not connected'],
  'crm.reconnect_needed': ['upstream_revoked', 'amoCRM must be connected again'],
  'crm.account_blocked': ['upstream_revoked', 'amoCRM has blocked the API of this account'],
  'crm.subscription_ended': ['upstream_revoked', 'The amoCRM subscription has ended'],
  'crm.busy': ['upstream_busy', 'The amoCRM request budget is spent'],
  'crm.unreachable': ['upstream_down', 'amoCRM cannot be reached'],
  'crm.too_heavy': ['upstream_down', 'amoCRM could not finish the request in time'],
  'crm.refused': ['invalid', 'amoCRM refused the request'],
  'crm.forbidden': ['forbidden', 'amoCRM does not allow this to the integration'],
  'crm.host_not_allowed': ['invalid', 'The account host is not an amoCRM or Kommo host'],
  'crm.integration_missing': ['conflict', 'No amoCRM integration is configured on this server'],
  'crm.oauth_state_unknown': ['invalid', 'The sign-in at amoCRM was not started here or has expired'],
  'crm.oauth_refused': ['invalid', 'The connection was refused at amoCRM'],
  'crm.other_account': ['conflict', 'The workspace is connected to another amoCRM account'],
  'crm.hook_token_unknown': ['not_found', 'No such hook'],
  'crm.directory_not_read': ['upstream_busy', 'The account directory is being read; try again shortly'],
  'crm.hook_token_revoked': ['conflict', 'The hook token has been revoked'],
  'crm.hook_backlog_full': ['upstream_busy', 'More hooks are arriving than can be stored; try again shortly'],
  'crm.install_unclaimed': ['conflict', 'No workspace here may take the install of this account'],
  'crm.notice_refused': ['forbidden', 'The notice is not one of amoCRM'],
  'crm.hook_unreadable': ['invalid', 'The hook cannot be read'],
});
