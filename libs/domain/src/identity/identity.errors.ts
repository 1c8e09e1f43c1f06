import { defineErrors } from '../shared/app-error.js';

/** Errors of signing in and staying signed in. */
export const identityErrors = defineErrors({
  'identity.invalid_credentials': ['unauthenticated', 'The e-mail or the password is wrong'],
  'identity.refresh_invalid': ['unauthenticated', 'The session has ended: sign in again'],
  'identity.refresh_reused': ['unauthenticated', 'The refresh token was used before: the session was ended'],
  'identity.too_many_attempts': ['limit', 'Too many attempts to sign in'],
  'identity.password_weak': ['invalid', 'The password is easy to guess'],
  'identity.busy': ['upstream_busy', 'Too many passwords are being checked at once'],
  'identity.member_unknown': ['not_found', 'There is no such member'],
  'identity.last_administrator': ['conflict', 'A workspace keeps at least one active administrator'],
  'identity.already_member': ['conflict', 'This person is a member of the workspace already'],
  'identity.already_invited': ['conflict', 'This address has an open invitation: send it again instead'],
  'identity.invitation_unknown': ['not_found', 'There is no such invitation'],
  'identity.invitation_ended': ['conflict', 'The invitation was accepted, withdrawn or has expired'],
  'identity.invitation_sent_lately': ['limit', 'The invitation was sent a moment ago'],
  'identity.invitation_accepted': ['conflict', 'The invitation was accepted before'],
  'identity.invitation_withdrawn': ['conflict', 'The invitation was withdrawn'],
  'identity.invitation_expired': ['conflict', 'The invitation has expired: ask for another'],
  'identity.invitation_replaced': ['conflict', 'A newer mail carries the link that works'],
  'identity.invitation_for_another': ['conflict', 'The invitation is for another e-mail address'],
  'identity.workspace_unknown': ['not_found', 'There is no such workspace'],
  'identity.api_key_unknown': ['not_found', 'There is no such API key'],
  'identity.api_key_overlaps': ['conflict', 'Too many replaced keys are still taken: rotate without overlap, or wait'],
  'identity.beyond_own_rights': ['forbidden', 'Nobody gives, or handles, more than they may do themselves'],
});
