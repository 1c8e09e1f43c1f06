import { Module } from '@nestjs/common';
import { ActivateApiKeyHandler } from './commands/activate-api-key/activate-api-key.handler.js';
import { ChangeRoleHandler } from './commands/change-role/change-role.handler.js';
import { CreateApiKeyHandler } from './commands/create-api-key/create-api-key.handler.js';
import { DeactivateApiKeyHandler } from './commands/deactivate-api-key/deactivate-api-key.handler.js';
import { DeleteApiKeyHandler } from './commands/delete-api-key/delete-api-key.handler.js';
import { EnsureFirstAdminHandler } from './commands/ensure-first-admin/ensure-first-admin.handler.js';
import { ForgetEndedSessionsHandler } from './commands/forget-ended-sessions/forget-ended-sessions.handler.js';
import { LoginHandler } from './commands/login/login.handler.js';
import { LogoutHandler } from './commands/logout/logout.handler.js';
import { RefreshSessionHandler } from './commands/refresh-session/refresh-session.handler.js';
import { NoteAuditExportHandler } from './commands/note-audit-export/note-audit-export.handler.js';
import { RotateApiKeyHandler } from './commands/rotate-api-key/rotate-api-key.handler.js';
import { UpdateApiKeyHandler } from './commands/update-api-key/update-api-key.handler.js';
import { GetApiKeyHandler } from './queries/get-api-key/get-api-key.handler.js';
import { GetMeHandler } from './queries/get-me/get-me.handler.js';
import { ListApiKeysHandler } from './queries/list-api-keys/list-api-keys.handler.js';
import { ListAuditHandler } from './queries/list-audit/list-audit.handler.js';
import { ListRolesHandler } from './queries/list-roles/list-roles.handler.js';
import { ApiKeyStore } from './services/api-key-store.js';
import { Authenticator } from './services/authenticator.js';
import { CredentialCheck } from './services/credential-check.js';
import { KeyAuthenticator } from './services/key-authenticator.js';
import { KeyUses } from './services/key-uses.js';
import { RefusalLog } from './services/refusal-log.js';
import { RoleAccess } from './services/role-access.js';
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
    GetMeHandler,
    ListAuditHandler,
    ActivateApiKeyHandler,
    ChangeRoleHandler,
    CreateApiKeyHandler,
    DeactivateApiKeyHandler,
    DeleteApiKeyHandler,
    NoteAuditExportHandler,
    RotateApiKeyHandler,
    UpdateApiKeyHandler,
    GetApiKeyHandler,
    ListApiKeysHandler,
    ListRolesHandler,
    ApiKeyStore,
    KeyAuthenticator,
    KeyUses,
    RoleAccess,
    Authenticator,
    CredentialCheck,
    RefusalLog,
    SessionOpener,
    SessionRotation,
    WidgetAuthenticator,
    WorkspaceScope,
  ],
  exports: [Authenticator, KeyAuthenticator, WidgetAuthenticator],
})
export class IdentityApplicationModule {}
