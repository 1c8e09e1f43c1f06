export { ChangePasswordCommand, type ChangePasswordInput } from './commands/change-password/change-password.command.js';
export { CompleteLoginCommand, type CompleteLoginInput } from './commands/complete-login/complete-login.command.js';
export { ConfirmTotpCommand } from './commands/confirm-totp/confirm-totp.command.js';
export type { RecoveryCodesView } from './commands/confirm-totp/recovery-codes.view.js';
export { EndOtherSessionsCommand } from './commands/end-other-sessions/end-other-sessions.command.js';
export { EndSessionCommand } from './commands/end-session/end-session.command.js';
export { RemoveTotpCommand } from './commands/remove-totp/remove-totp.command.js';
export { RenewRecoveryCodesCommand } from './commands/renew-recovery-codes/renew-recovery-codes.command.js';
export { RequestPasswordResetCommand } from './commands/request-password-reset/request-password-reset.command.js';
export { ResetPasswordCommand, type ResetPasswordInput } from './commands/reset-password/reset-password.command.js';
export { sendPasswordResetJob } from './jobs/send-password-reset.job.js';
export { ResetMemberFactorCommand } from './commands/reset-member-factor/reset-member-factor.command.js';
export { StartTotpCommand } from './commands/start-totp/start-totp.command.js';
export type { TotpSecretView } from './commands/start-totp/totp-secret.view.js';
export type { LoginView, TotpChallengeView } from './commands/login/login.view.js';
export type { FactorConsentInput } from './services/factor-consent.js';
export type { FactorProof } from './services/factor-check.js';
export { GetSecondFactorQuery } from './queries/get-second-factor/get-second-factor.query.js';
export type { SecondFactorView } from './queries/get-second-factor/second-factor.view.js';
export { ListSessionsQuery } from './queries/list-sessions/list-sessions.query.js';
export type { SessionView } from './queries/list-sessions/session.view.js';
export { MemberNamesModule } from './member-names.module.js';
export { MemberNames } from './services/member-names.js';
export { SessionGate } from './services/session-gate.js';
export { StillAdmitted } from './services/still-admitted.js';
export { ActivateApiKeyCommand } from './commands/activate-api-key/activate-api-key.command.js';
export { ChangeRoleCommand } from './commands/change-role/change-role.command.js';
export { CreateApiKeyCommand, type CreateApiKeyInput } from './commands/create-api-key/create-api-key.command.js';
export { DeactivateApiKeyCommand } from './commands/deactivate-api-key/deactivate-api-key.command.js';
export { DeleteApiKeyCommand } from './commands/delete-api-key/delete-api-key.command.js';
export {
  EnsureFirstAdminCommand,
  type EnsureFirstAdminInput,
  type FirstAdminEnsured,
} from './commands/ensure-first-admin/ensure-first-admin.command.js';
export {
  type EndedSessionsForgotten,
  ForgetEndedSessionsCommand,
} from './commands/forget-ended-sessions/forget-ended-sessions.command.js';
export { LoginCommand, type LoginInput } from './commands/login/login.command.js';
export type { SessionTokensView } from './commands/login/session-tokens.view.js';
export { LogoutCommand } from './commands/logout/logout.command.js';
export { RefreshSessionCommand, type RefreshSessionInput } from './commands/refresh-session/refresh-session.command.js';
export { NoteAuditExportCommand } from './commands/note-audit-export/note-audit-export.command.js';
export { RotateApiKeyCommand } from './commands/rotate-api-key/rotate-api-key.command.js';
export { UpdateApiKeyCommand } from './commands/update-api-key/update-api-key.command.js';
export { GetApiKeyQuery } from './queries/get-api-key/get-api-key.query.js';
export type { ApiKeyView, NewApiKeyView } from './queries/list-api-keys/api-key.view.js';
export { ListApiKeysQuery } from './queries/list-api-keys/list-api-keys.query.js';
export { ListRolesQuery } from './queries/list-roles/list-roles.query.js';
export type { RolesView, RoleView } from './queries/list-roles/role.view.js';
export { FindMembersQuery } from './queries/find-members/find-members.query.js';
export type { FoundMemberView } from './queries/find-members/found-member.view.js';
export { FindRecipientQuery, type RecipientView } from './queries/find-recipient/find-recipient.query.js';
export { GetMeQuery } from './queries/get-me/get-me.query.js';
export type { MeView } from './queries/get-me/me.view.js';
export { ListAuditQuery } from './queries/list-audit/list-audit.query.js';
export type { AuditFilter, AuditLineView, AuditPageView } from './queries/list-audit/list-audit.view.js';
export {
  WIDGET_TOKENS,
  type WidgetTokens,
  type WidgetTokenVerdict,
  type WidgetVisitor,
} from './ports/widget-tokens.js';
export { Authenticator, type SignedIn } from './services/authenticator.js';
export { KeyAuthenticator, type KeySignedIn } from './services/key-authenticator.js';
export { WidgetAuthenticator, type WidgetSignedIn } from './services/widget-authenticator.js';
export { networkOf } from '#domain/identity/guess-limits.js';
export {
  DEFAULT_KEY_BURST,
  DEFAULT_KEY_RATE,
  DEFAULT_OVERLAP_HOURS,
  KEY_SCOPES,
  MAX_KEY_BURST,
  MAX_KEY_RANGES,
  MAX_KEY_RATE,
  MAX_OVERLAP_HOURS,
} from '#domain/identity/api-key.js';
export { isRole, type Permission, PERMISSIONS, type Role, ROLES } from '#domain/identity/permissions.js';
export type { ApiKeyId } from '#domain/shared/ids.js';
export {
  AcceptInvitationCommand,
  type AcceptInvitationInput,
  type InvitationAccepted,
} from './commands/accept-invitation/accept-invitation.command.js';
export { ChangeMemberCommand, type MemberChange } from './commands/change-member/change-member.command.js';
export { ChangeWorkspaceCommand } from './commands/change-workspace/change-workspace.command.js';
export {
  CreateWorkspaceCommand,
  type CreateWorkspaceInput,
} from './commands/create-workspace/create-workspace.command.js';
export { InviteMemberCommand, type InviteMemberInput } from './commands/invite-member/invite-member.command.js';
export { JoinWorkspaceCommand } from './commands/join-workspace/join-workspace.command.js';
export { RemoveMemberCommand } from './commands/remove-member/remove-member.command.js';
export { ResendInvitationCommand } from './commands/resend-invitation/resend-invitation.command.js';
export { SwitchWorkspaceCommand } from './commands/switch-workspace/switch-workspace.command.js';
export { WithdrawInvitationCommand } from './commands/withdraw-invitation/withdraw-invitation.command.js';
export { FindInvitationQuery, type OfferView } from './queries/find-invitation/find-invitation.query.js';
export { GetMemberQuery } from './queries/get-member/get-member.query.js';
export { GetWorkspaceQuery, type WorkspaceView } from './queries/get-workspace/get-workspace.query.js';
export type { InvitationView } from './queries/list-invitations/invitation.view.js';
export { ListInvitationsQuery } from './queries/list-invitations/list-invitations.query.js';
export { ListMembersQuery } from './queries/list-members/list-members.query.js';
export { MEMBER_STATES, type MemberFilter, type MemberView } from './queries/list-members/member.view.js';
export {
  ListWorkspacesQuery,
  type OwnWorkspacesView,
  type OwnWorkspaceView,
} from './queries/list-workspaces/list-workspaces.query.js';
export { INVITATION_STATES } from '#domain/identity/invitation.js';
export { LANGUAGES, type Language } from '#domain/identity/workspace-settings.js';
export { identityErrors } from '#domain/identity/identity.errors.js';
