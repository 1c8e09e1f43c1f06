import { defineErrors } from '../shared/app-error.js';

/** Errors of signing in and staying signed in. */
export const identityErrors = defineErrors({
  'identity.invalid_credentials': ['unauthenticated', 'The e-mail or the password is wrong'],
  'identity.refresh_invalid': ['unauthenticated', 'The session has ended: sign in again'],
  'identity.refresh_reused': ['unauthenticated', 'The refresh token was used before: the session was ended'],
  'identity.too_many_attempts': ['limit', 'Too many attempts to sign in'],
  'identity.password_weak': ['invalid', 'The password is easy to guess'],
  'identity.busy': ['upstream_busy', 'Too many passwords are being checked at once'],
  'identity.api_key_unknown': ['not_found', 'There is no such API key'],
  'identity.api_key_overlaps': ['conflict', 'Too many replaced keys are still taken: rotate without overlap, or wait'],
  'identity.beyond_own_rights': ['forbidden', 'Nobody gives, or handles, more than they may do themselves'],
});
