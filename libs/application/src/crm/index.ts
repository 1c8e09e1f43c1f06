// What other contexts and the edges may use of the crm context.
export {
  CompleteConnectionCommand,
  type ConnectionAnswer,
  type ConnectionCompleted,
} from './commands/complete-connection/complete-connection.command.js';
export {
  CreateHookTokenCommand,
  type CreateHookTokenInput,
} from './commands/create-hook-token/create-hook-token.command.js';
export { DisconnectCommand } from './commands/disconnect/disconnect.command.js';
export { DispatchHookCommand } from './commands/dispatch-hook/dispatch-hook.command.js';
export { FailHookCommand } from './commands/fail-hook/fail-hook.command.js';
export {
  type DirectoryRefreshed,
  RefreshDirectoryCommand,
} from './commands/refresh-directory/refresh-directory.command.js';
export { RevokeHookTokenCommand } from './commands/revoke-hook-token/revoke-hook-token.command.js';
export { RotateHookTokenCommand } from './commands/rotate-hook-token/rotate-hook-token.command.js';
export {
  type ConnectionStarted,
  StartConnectionCommand,
} from './commands/start-connection/start-connection.command.js';
export { UpdateHookTokenCommand } from './commands/update-hook-token/update-hook-token.command.js';
export { HookIntake, type IncomingHook, MAX_HOOK_BYTES } from './intake/hook-intake.js';
export { dispatchHookJob } from './jobs/dispatch-hook.job.js';
export { refreshDirectoryJob } from './jobs/refresh-directory.job.js';
export { HOOK_INBOX, type HookInbox } from './ports/hook-inbox.js';
export { DIRECTORIES, type Directories } from './ports/directories.js';
export { HOOK_OPTIONS_VALIDATOR, type HookOptionsValidator } from './ports/hook-options-validator.js';
export {
  type DealEntered,
  PIPELINE_TRIGGERS,
  type PipelineTriggers,
  type TriggerResult,
} from './ports/pipeline-triggers.js';
export { GetConnectionQuery } from './queries/get-connection/get-connection.query.js';
export type { ConnectionView } from './queries/get-connection/get-connection.view.js';
export { GetDirectoryQuery } from './queries/get-directory/get-directory.query.js';
export type { DirectoryView } from './queries/get-directory/get-directory.view.js';
export { GetHookTokenQuery } from './queries/get-hook-token/get-hook-token.query.js';
export type { HookTokenView, NewHookTokenView } from './queries/list-hook-tokens/hook-token.view.js';
export { ListHookTokensQuery } from './queries/list-hook-tokens/list-hook-tokens.query.js';
export { ListHooksQuery } from './queries/list-hooks/list-hooks.query.js';
export type { HookView } from './queries/list-hooks/list-hooks.view.js';
export { DisposableTokens } from './widget/disposable-tokens.js';
export { WidgetOrigins } from './widget/widget-origins.js';
// The context's vocabulary, for edges, which do not know the domain.
export { CONNECTION_STATES, type ConnectionState, type Platform, PLATFORMS } from '#domain/crm/connection-state.js';
export type { StageKind } from '#domain/crm/directory.js';
export { HOOK_STATES, type HookState } from '#domain/crm/hook-outcome.js';
export {
  DEFAULT_ONCE_WITHIN_MINUTES,
  DEFAULT_OVERLAP_MINUTES,
  HOOK_KINDS,
  type HookKind,
  MAX_ONCE_WITHIN_MINUTES,
  MAX_OVERLAP_MINUTES,
} from '#domain/crm/hook-token.js';
export type { HookTokenId } from '#domain/shared/ids.js';
export { crmErrors } from '#domain/crm/crm.errors.js';
