import { Global, Module } from '@nestjs/common';
import { AUDIT_LOG } from '#application/identity/ports/audit-log.js';
import { FOUNDING } from '#application/identity/ports/founding.js';
import { GUESS_LIMITER } from '#application/identity/ports/guess-limiter.js';
import { MEMBERS } from '#application/identity/ports/members.js';
import { SESSIONS } from '#application/identity/ports/sessions.js';
import { SIGN_IN_DIRECTORY } from '#application/identity/ports/sign-in-directory.js';
import { SIGN_IN_RETENTION } from '#application/identity/ports/sign-in-retention.js';
import { SPENT_TOKENS } from '#application/identity/ports/spent-tokens.js';
import { PgAuditLog } from './pg-audit-log.js';
import { PgFounding } from './pg-founding.js';
import { PgGuessLimiter } from './pg-guess-limiter.js';
import { PgMembers } from './pg-members.js';
import { PgSessions } from './pg-sessions.js';
import { PgSignInDirectory } from './pg-sign-in-directory.js';
import { PgSignInRetention } from './pg-sign-in-retention.js';
import { PgSpentTokens } from './pg-spent-tokens.js';

/** Binds the ports of the context `identity` to Postgres. */
@Global()
@Module({
  providers: [
    { provide: AUDIT_LOG, useClass: PgAuditLog },
    { provide: FOUNDING, useClass: PgFounding },
    { provide: GUESS_LIMITER, useClass: PgGuessLimiter },
    { provide: MEMBERS, useClass: PgMembers },
    { provide: SESSIONS, useClass: PgSessions },
    { provide: SIGN_IN_DIRECTORY, useClass: PgSignInDirectory },
    { provide: SIGN_IN_RETENTION, useClass: PgSignInRetention },
    { provide: SPENT_TOKENS, useClass: PgSpentTokens },
  ],
  exports: [AUDIT_LOG, FOUNDING, GUESS_LIMITER, MEMBERS, SESSIONS, SIGN_IN_DIRECTORY, SIGN_IN_RETENTION, SPENT_TOKENS],
})
export class IdentityPostgresModule {}
