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
export { SessionGate } from './services/session-gate.js';
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
export { WidgetAuthenticator, type WidgetSignedIn } from './services/widget-authenticator.js';
export { identityErrors } from '#domain/identity/identity.errors.js';
