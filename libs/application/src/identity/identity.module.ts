import { Module } from '@nestjs/common';
import { EnsureFirstAdminHandler } from './commands/ensure-first-admin/ensure-first-admin.handler.js';
import { ForgetEndedSessionsHandler } from './commands/forget-ended-sessions/forget-ended-sessions.handler.js';
import { LoginHandler } from './commands/login/login.handler.js';
import { LogoutHandler } from './commands/logout/logout.handler.js';
import { RefreshSessionHandler } from './commands/refresh-session/refresh-session.handler.js';
import { FindMembersHandler } from './queries/find-members/find-members.handler.js';
import { GetMeHandler } from './queries/get-me/get-me.handler.js';
import { ListAuditHandler } from './queries/list-audit/list-audit.handler.js';
import { Authenticator } from './services/authenticator.js';
import { CredentialCheck } from './services/credential-check.js';
import { RefusalLog } from './services/refusal-log.js';
import { SessionOpener } from './services/session-opener.js';
import { SessionRotation } from './services/session-rotation.js';
import { WidgetAuthenticator } from './services/widget-authenticator.js';
import { WorkspaceScope } from './services/workspace-scope.js';

/** Handlers of the context `identity`. */
@Module({
  providers: [
    EnsureFirstAdminHandler,
    ForgetEndedSessionsHandler,
    LoginHandler,
    LogoutHandler,
    RefreshSessionHandler,
    FindMembersHandler,
    GetMeHandler,
    ListAuditHandler,
    Authenticator,
    CredentialCheck,
    RefusalLog,
    SessionOpener,
    SessionRotation,
    WidgetAuthenticator,
    WorkspaceScope,
  ],
  exports: [Authenticator, WidgetAuthenticator],
})
export class IdentityApplicationModule {}
