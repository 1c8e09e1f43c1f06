import { Global, Module } from '@nestjs/common';
import { API_KEY_DIRECTORY, API_KEYS } from '#application/identity/ports/api-keys.js';
import { AUDIT_LOG } from '#application/identity/ports/audit-log.js';
import { FOUNDING } from '#application/identity/ports/founding.js';
import { GUESS_LIMITER } from '#application/identity/ports/guess-limiter.js';
import { MEMBERS } from '#application/identity/ports/members.js';
import { ROLE_DIRECTORY, ROLE_RIGHTS } from '#application/identity/ports/role-rights.js';
import { SESSIONS } from '#application/identity/ports/sessions.js';
import { SIGN_IN_DIRECTORY } from '#application/identity/ports/sign-in-directory.js';
import { SIGN_IN_RETENTION } from '#application/identity/ports/sign-in-retention.js';
import { SPENT_TOKENS } from '#application/identity/ports/spent-tokens.js';
import { FACTOR_SECRETS, SECOND_FACTORS } from '#application/identity/ports/second-factors.js';
import { PASSWORDS } from '#application/identity/ports/passwords.js';
import { SESSION_LIST } from '#application/identity/ports/session-list.js';
import { SESSION_STANDING } from '#application/identity/ports/session-standing.js';
import { SIGN_IN_TICKETS } from '#application/identity/ports/sign-in-tickets.js';
import { PgApiKeys } from './pg-api-keys.js';
import { ACCOUNTS } from '#application/identity/ports/accounts.js';
import { INVITATION_DIRECTORY, INVITATIONS } from '#application/identity/ports/invitations.js';
import { MEMBERSHIPS } from '#application/identity/ports/memberships.js';
import { PEOPLE_SCREENS } from '#application/identity/ports/people-screens.js';
import { STRANGER_LIMITER } from '#application/identity/ports/stranger-limiter.js';
import { WORKSPACES } from '#application/identity/ports/workspaces.js';
import { PgAuditLog } from './pg-audit-log.js';
import { PgFounding } from './pg-founding.js';
import { PgGuessLimiter } from './pg-guess-limiter.js';
import { PgMembers } from './pg-members.js';
import { PgRoleRights } from './pg-role-rights.js';
import { PgSessions } from './pg-sessions.js';
import { PgSignInDirectory } from './pg-sign-in-directory.js';
import { PgSignInRetention } from './pg-sign-in-retention.js';
import { PgSpentTokens } from './pg-spent-tokens.js';
import { PgFactorSecrets } from './pg-factor-secrets.js';
import { PgPasswords } from './pg-passwords.js';
import { PgSecondFactors } from './pg-second-factors.js';
import { PgSessionList } from './pg-session-list.js';
import { PgSessionStanding } from './pg-session-standing.js';
import { PgSignInTickets } from './pg-sign-in-tickets.js';
import { PgAccounts } from './pg-accounts.js';
import { PgInvitationDirectory, PgInvitations } from './pg-invitations.js';
import { PgMemberships } from './pg-memberships.js';
import { PgPeopleScreens } from './pg-people-screens.js';
import { PgStrangerLimiter } from './pg-stranger-limiter.js';
import { PgWorkspaces } from './pg-workspaces.js';

/** Binds the ports of the context `identity` to Postgres. */
@Global()
@Module({
  providers: [
    PgApiKeys,
    { provide: API_KEYS, useExisting: PgApiKeys },
    { provide: API_KEY_DIRECTORY, useExisting: PgApiKeys },
    PgRoleRights,
    { provide: ROLE_RIGHTS, useExisting: PgRoleRights },
    { provide: ROLE_DIRECTORY, useExisting: PgRoleRights },
    { provide: AUDIT_LOG, useClass: PgAuditLog },
    { provide: FACTOR_SECRETS, useClass: PgFactorSecrets },
    { provide: PASSWORDS, useClass: PgPasswords },
    { provide: SECOND_FACTORS, useClass: PgSecondFactors },
    { provide: SESSION_LIST, useClass: PgSessionList },
    { provide: SESSION_STANDING, useClass: PgSessionStanding },
    { provide: SIGN_IN_TICKETS, useClass: PgSignInTickets },
    { provide: FOUNDING, useClass: PgFounding },
    { provide: GUESS_LIMITER, useClass: PgGuessLimiter },
    { provide: MEMBERS, useClass: PgMembers },
    { provide: SESSIONS, useClass: PgSessions },
    { provide: SIGN_IN_DIRECTORY, useClass: PgSignInDirectory },
    { provide: SIGN_IN_RETENTION, useClass: PgSignInRetention },
    { provide: SPENT_TOKENS, useClass: PgSpentTokens },
    { provide: ACCOUNTS, useClass: PgAccounts },
    { provide: INVITATION_DIRECTORY, useClass: PgInvitationDirectory },
    { provide: INVITATIONS, useClass: PgInvitations },
    { provide: MEMBERSHIPS, useClass: PgMemberships },
    { provide: PEOPLE_SCREENS, useClass: PgPeopleScreens },
    { provide: STRANGER_LIMITER, useClass: PgStrangerLimiter },
    { provide: WORKSPACES, useClass: PgWorkspaces },
  ],
  exports: [
    WORKSPACES,
    STRANGER_LIMITER,
    PEOPLE_SCREENS,
    MEMBERSHIPS,
    INVITATIONS,
    INVITATION_DIRECTORY,
    ACCOUNTS,
    API_KEYS,
    API_KEY_DIRECTORY,
    ROLE_RIGHTS,
    ROLE_DIRECTORY,
    AUDIT_LOG,
    FOUNDING,
    GUESS_LIMITER,
    MEMBERS,
    SESSIONS,
    SIGN_IN_DIRECTORY,
    SIGN_IN_RETENTION,
    SPENT_TOKENS,
    FACTOR_SECRETS,
    PASSWORDS,
    SECOND_FACTORS,
    SESSION_LIST,
    SESSION_STANDING,
    SIGN_IN_TICKETS,
  ],
})
export class IdentityPostgresModule {}
