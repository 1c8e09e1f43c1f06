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
export { FindMembersQuery } from './queries/find-members/find-members.query.js';
export type { FoundMemberView } from './queries/find-members/found-member.view.js';
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
