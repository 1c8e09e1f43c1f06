import { defineErrors } from '../shared/app-error.js';

/** Errors of signing in and staying signed in. */
export const identityErrors = defineErrors({
  'identity.invalid_credentials': ['unauthenticated', 'The e-mail or the password is wrong'],
  'identity.refresh_invalid': ['unauthenticated', 'The session has ended: sign in again'],
  'identity.refresh_reused': ['unauthenticated', 'The refresh token was used before: the session was ended'],
  'identity.too_many_attempts': ['limit', 'Too many attempts to sign in'],
  'identity.password_weak': ['invalid', 'The password is easy to guess'],
  'identity.wrong_password': ['invalid', 'The current password is wrong'],
  'identity.session_unknown': ['not_found', 'There is no such session'],
  'identity.challenge_invalid': ['unauthenticated', 'The sign-in took too long or was ended: start again'],
  'identity.second_factor_wrong': ['unauthenticated', 'The code is wrong or was used before'],
  'identity.code_wrong': ['invalid', 'The code is wrong or was used before'],
  'identity.totp_active': ['conflict', 'A second factor is set up already'],
  'identity.totp_inactive': ['conflict', 'No second factor is set up'],
  'identity.factor_not_resettable': ['conflict', 'The second factor of this person cannot be reset here'],
  'identity.reset_invalid': ['not_found', 'The link to a new password is not valid any more'],
  'identity.busy': ['upstream_busy', 'Too many passwords are being checked at once'],
  'identity.api_key_unknown': ['not_found', 'There is no such API key'],
  'identity.api_key_overlaps': ['conflict', 'Too many replaced keys are still taken: rotate without overlap, or wait'],
  'identity.beyond_own_rights': ['forbidden', 'Nobody gives, or handles, more than they may do themselves'],
});
