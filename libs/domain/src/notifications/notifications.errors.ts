import { defineErrors } from '../shared/app-error.js';

/** Errors of what members are told. */
export const notificationsErrors = defineErrors({
  'notifications.unknown': ['not_found', 'There is no such notification'],
});
