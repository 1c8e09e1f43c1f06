// What other contexts and the edges may use of the crm context.
export { AdvanceHookReplayCommand } from './commands/advance-hook-replay/advance-hook-replay.command.js';
export { CancelHookReplayCommand } from './commands/cancel-hook-replay/cancel-hook-replay.command.js';
export { CheckConnectionCommand } from './commands/check-connection/check-connection.command.js';
export {
  CompleteConnectionCommand,
  type ConnectionAnswer,
  type ConnectionCompleted,
} from './commands/complete-connection/complete-connection.command.js';
export { type CodeFromSettings, ConnectByCodeCommand } from './commands/connect-by-code/connect-by-code.command.js';
export { ConnectByTokenCommand, type LongLivedToken } from './commands/connect-by-token/connect-by-token.command.js';
export {
  CreateHookTokenCommand,
  type CreateHookTokenInput,
} from './commands/create-hook-token/create-hook-token.command.js';
export { DisconnectCommand } from './commands/disconnect/disconnect.command.js';
export { DispatchHookCommand } from './commands/dispatch-hook/dispatch-hook.command.js';
export {
  type ConnectionLimitsChange,
  LimitConnectionCommand,
} from './commands/limit-connection/limit-connection.command.js';
export { FailHookCommand } from './commands/fail-hook/fail-hook.command.js';
export {
  type DirectoryRefreshed,
  RefreshDirectoryCommand,
} from './commands/refresh-directory/refresh-directory.command.js';
export { RevokeHookTokenCommand } from './commands/revoke-hook-token/revoke-hook-token.command.js';
export { RotateHookTokenCommand } from './commands/rotate-hook-token/rotate-hook-token.command.js';
export {
  type ConnectionPlan,
  type ConnectionStarted,
  StartConnectionCommand,
} from './commands/start-connection/start-connection.command.js';
export {
  type ButtonPlan,
  type ButtonToShow,
  StartExternalConnectionCommand,
} from './commands/start-external-connection/start-external-connection.command.js';
export {
  type HookReplayInput,
  ReplayHookCommand,
  StartHookReplayCommand,
} from './commands/start-hook-replay/start-hook-replay.command.js';
export type { HookReplayStarted } from './commands/start-hook-replay/replay-orders.js';
export { type InstallNotice, TakeInstallCommand } from './commands/take-install/take-install.command.js';
export { type DeliveredSecrets, TakeSecretsCommand } from './commands/take-secrets/take-secrets.command.js';
export { TakeUninstallCommand, type UninstallNotice } from './commands/take-uninstall/take-uninstall.command.js';
export { UpdateHookTokenCommand } from './commands/update-hook-token/update-hook-token.command.js';
export { checkConnectionJob } from './jobs/check-connection.job.js';
export { RateExchange } from './intake/rate-exchange.js';
export { type HookContent, HookIntake, type IncomingHook, MAX_HOOK_BYTES } from './intake/hook-intake.js';
export { dispatchHookJob } from './jobs/dispatch-hook.job.js';
export { refreshDirectoryJob } from './jobs/refresh-directory.job.js';
export { AMO_CONNECTIONS, type AmoConnections } from './ports/amo-connections.js';
export { type Integration, type Integrations, INTEGRATIONS } from './ports/integrations.js';
export { HOOK_INBOX, type HookInbox } from './ports/hook-inbox.js';
export { HOOK_REPLAYS, type HookReplays } from './ports/hook-replays.js';
export { HOOK_RETENTION, type HookRetention } from './ports/hook-retention.js';
export { HOOK_SETTINGS, type HookSettings } from './ports/hook-settings.js';
export { type HookFilter, MAX_HOOK_RUNS } from './ports/hook-screens.js';
export type { LiveHookToken } from './ports/hook-tokens.js';
export { DIRECTORIES, type Directories } from './ports/directories.js';
export { HOOK_OPTIONS_VALIDATOR, type HookOptionsValidator } from './ports/hook-options-validator.js';
export {
  type DealEntered,
  PIPELINE_TRIGGERS,
  type PipelineTriggers,
  type TriggerResult,
} from './ports/pipeline-triggers.js';
export { GetConnectionQuery } from './queries/get-connection/get-connection.query.js';
export {
  type ConnectionView,
  GRANT_INTEGRATIONS,
  GRANT_STATES,
  type GrantIntegration,
  type GrantView,
} from './queries/get-connection/get-connection.view.js';
export { GetDirectoryQuery } from './queries/get-directory/get-directory.query.js';
export type { DirectoryView } from './queries/get-directory/get-directory.view.js';
export { GetHookReplayQuery, ListReplayedHooksQuery } from './queries/get-hook-replay/get-hook-replay.query.js';
export { GetHookTokenQuery } from './queries/get-hook-token/get-hook-token.query.js';
export type { HookTokenView, NewHookTokenView } from './queries/list-hook-tokens/hook-token.view.js';
export { GetRequestRateQuery, type RequestRateView } from './queries/get-request-rate/get-request-rate.query.js';
export { ListHookTokensQuery } from './queries/list-hook-tokens/list-hook-tokens.query.js';
export { GetHookQuery } from './queries/get-hook/get-hook.query.js';
export type { HookCardView } from './queries/get-hook/get-hook.view.js';
export { ListHooksQuery } from './queries/list-hooks/list-hooks.query.js';
export type { HookView } from './queries/list-hooks/list-hooks.view.js';
export { DisposableTokens } from './widget/disposable-tokens.js';
export { WidgetOrigins } from './widget/widget-origins.js';
// The context's vocabulary, for edges, which do not know the domain.
export { CONNECTION_STATES, type ConnectionState, type Platform, PLATFORMS } from '#domain/crm/connection-state.js';
export { INTEGRATION_KINDS, type IntegrationKind } from '#domain/crm/integration-kind.js';
export { MAX_ACCOUNT_REQUESTS_PER_SECOND, MAX_REQUESTS_PER_SECOND } from '#domain/crm/connection-limits.js';
export { GRANT_KINDS, type GrantKind } from '#domain/crm/reserve-grants.js';
export type { StageKind } from '#domain/crm/directory.js';
export { HOOK_STATES, type HookState } from '#domain/crm/hook-outcome.js';
export {
  MAX_REPLAYED_HOOKS,
  REPLAY_STATUSES,
  REPLAYABLE_STATES,
  type ReplayableState,
  type ReplayStatus,
} from '#domain/crm/hook-replay.js';
export { MAX_READING_EVENTS } from '#domain/crm/hooks/hook-reading.js';
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
