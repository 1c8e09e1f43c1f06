import { Module } from '@nestjs/common';
import { ChangePasswordHandler } from './commands/change-password/change-password.handler.js';
import { CompleteLoginHandler } from './commands/complete-login/complete-login.handler.js';
import { ConfirmTotpHandler } from './commands/confirm-totp/confirm-totp.handler.js';
import { EndOtherSessionsHandler } from './commands/end-other-sessions/end-other-sessions.handler.js';
import { EndSessionHandler } from './commands/end-session/end-session.handler.js';
import { RemoveTotpHandler } from './commands/remove-totp/remove-totp.handler.js';
import { RenewRecoveryCodesHandler } from './commands/renew-recovery-codes/renew-recovery-codes.handler.js';
import { RequestPasswordResetHandler } from './commands/request-password-reset/request-password-reset.handler.js';
import { ResetPasswordHandler } from './commands/reset-password/reset-password.handler.js';
import { SendPasswordResetHandler } from './commands/send-password-reset/send-password-reset.handler.js';
import { ResetMemberFactorHandler } from './commands/reset-member-factor/reset-member-factor.handler.js';
import { StartTotpHandler } from './commands/start-totp/start-totp.handler.js';
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
import { FindMembersHandler } from './queries/find-members/find-members.handler.js';
import { FindRecipientHandler } from './queries/find-recipient/find-recipient.handler.js';
import { GetMeHandler } from './queries/get-me/get-me.handler.js';
import { GetSecondFactorHandler } from './queries/get-second-factor/get-second-factor.handler.js';
import { ListSessionsHandler } from './queries/list-sessions/list-sessions.handler.js';
import { ListApiKeysHandler } from './queries/list-api-keys/list-api-keys.handler.js';
import { ListAuditHandler } from './queries/list-audit/list-audit.handler.js';
import { ListRolesHandler } from './queries/list-roles/list-roles.handler.js';
import { ApiKeyStore } from './services/api-key-store.js';
import { Authenticator } from './services/authenticator.js';
import { CredentialCheck } from './services/credential-check.js';
import { FactorCheck } from './services/factor-check.js';
import { FactorResetRules } from './services/factor-reset-rules.js';
import { FactorConsent } from './services/factor-consent.js';
import { OwnAccount } from './services/own-account.js';
import { PasswordChange } from './services/password-change.js';
import { RecoveryCodeMaker } from './services/recovery-code-maker.js';
import { SecurityTrail } from './services/security-trail.js';
import { SessionEntry } from './services/session-entry.js';
import { SessionGate } from './services/session-gate.js';
import { NewPasswords } from './services/new-passwords.js';
import { ResetMail } from './services/reset-mail.js';
import { TicketDesk } from './services/ticket-desk.js';
import { PasswordRules } from './services/password-rules.js';
import { KeyAuthenticator } from './services/key-authenticator.js';
import { KeyUses } from './services/key-uses.js';
import { RefusalLog } from './services/refusal-log.js';
import { RoleAccess } from './services/role-access.js';
import { SessionOpener } from './services/session-opener.js';
import { SessionRotation } from './services/session-rotation.js';
import { StillAdmitted } from './services/still-admitted.js';
import { WidgetAuthenticator } from './services/widget-authenticator.js';
import { WorkspaceScope } from './services/workspace-scope.js';
import { AcceptInvitationHandler } from './commands/accept-invitation/accept-invitation.handler.js';
import { ChangeMemberHandler } from './commands/change-member/change-member.handler.js';
import { ChangeWorkspaceHandler } from './commands/change-workspace/change-workspace.handler.js';
import { CreateWorkspaceHandler } from './commands/create-workspace/create-workspace.handler.js';
import { InviteMemberHandler } from './commands/invite-member/invite-member.handler.js';
import { JoinWorkspaceHandler } from './commands/join-workspace/join-workspace.handler.js';
import { RemoveMemberHandler } from './commands/remove-member/remove-member.handler.js';
import { ResendInvitationHandler } from './commands/resend-invitation/resend-invitation.handler.js';
import { SwitchWorkspaceHandler } from './commands/switch-workspace/switch-workspace.handler.js';
import { WithdrawInvitationHandler } from './commands/withdraw-invitation/withdraw-invitation.handler.js';
import { FindInvitationHandler } from './queries/find-invitation/find-invitation.handler.js';
import { GetMemberHandler } from './queries/get-member/get-member.handler.js';
import { GetWorkspaceHandler } from './queries/get-workspace/get-workspace.handler.js';
import { ListInvitationsHandler } from './queries/list-invitations/list-invitations.handler.js';
import { ListMembersHandler } from './queries/list-members/list-members.handler.js';
import { ListWorkspacesHandler } from './queries/list-workspaces/list-workspaces.handler.js';
import { Granting } from './services/granting.js';
import { InvitationApplicant } from './services/invitation-applicant.js';
import { InvitationScreen } from './services/invitation-screen.js';
import { InvitationBook } from './services/invitation-book.js';
import { InvitationDoor } from './services/invitation-door.js';
import { InvitationEntry } from './services/invitation-entry.js';
import { InvitationMail } from './services/invitation-mail.js';
import { MembershipGuard } from './services/membership-guard.js';
import { PeopleJournal } from './services/people-journal.js';

/** Handlers of the context `identity`. */
@Module({
  providers: [
    ChangePasswordHandler,
    CompleteLoginHandler,
    ConfirmTotpHandler,
    EndOtherSessionsHandler,
    EndSessionHandler,
    RemoveTotpHandler,
    RenewRecoveryCodesHandler,
    ResetMemberFactorHandler,
    RequestPasswordResetHandler,
    ResetPasswordHandler,
    SendPasswordResetHandler,
    StartTotpHandler,
    GetSecondFactorHandler,
    ListSessionsHandler,
    EnsureFirstAdminHandler,
    ForgetEndedSessionsHandler,
    LoginHandler,
    LogoutHandler,
    RefreshSessionHandler,
    FindMembersHandler,
    FindRecipientHandler,
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
    FactorCheck,
    FactorConsent,
    FactorResetRules,
    OwnAccount,
    PasswordChange,
    RecoveryCodeMaker,
    SecurityTrail,
    SessionEntry,
    SessionGate,
    NewPasswords,
    ResetMail,
    TicketDesk,
    PasswordRules,
    RefusalLog,
    SessionOpener,
    SessionRotation,
    StillAdmitted,
    WidgetAuthenticator,
    WorkspaceScope,
    AcceptInvitationHandler,
    ChangeMemberHandler,
    ChangeWorkspaceHandler,
    CreateWorkspaceHandler,
    InviteMemberHandler,
    JoinWorkspaceHandler,
    RemoveMemberHandler,
    ResendInvitationHandler,
    SwitchWorkspaceHandler,
    WithdrawInvitationHandler,
    FindInvitationHandler,
    GetMemberHandler,
    GetWorkspaceHandler,
    ListInvitationsHandler,
    ListMembersHandler,
    ListWorkspacesHandler,
    Granting,
    InvitationApplicant,
    InvitationBook,
    InvitationScreen,
    InvitationDoor,
    InvitationEntry,
    InvitationMail,
    MembershipGuard,
    PeopleJournal,
  ],
  exports: [Authenticator, KeyAuthenticator, SessionGate, StillAdmitted, WidgetAuthenticator],
})
export class IdentityApplicationModule {}
