import { Module } from '@nestjs/common';
import { AdvanceHookReplayHandler } from './commands/advance-hook-replay/advance-hook-replay.handler.js';
import { CancelHookReplayHandler } from './commands/cancel-hook-replay/cancel-hook-replay.handler.js';
import { CheckConnectionHandler } from './commands/check-connection/check-connection.handler.js';
import { CompleteConnectionHandler } from './commands/complete-connection/complete-connection.handler.js';
import { ConnectByCodeHandler } from './commands/connect-by-code/connect-by-code.handler.js';
import { ConnectByTokenHandler } from './commands/connect-by-token/connect-by-token.handler.js';
import { CreateHookTokenHandler } from './commands/create-hook-token/create-hook-token.handler.js';
import { DisconnectHandler } from './commands/disconnect/disconnect.handler.js';
import { DispatchHookHandler } from './commands/dispatch-hook/dispatch-hook.handler.js';
import { FailHookHandler } from './commands/fail-hook/fail-hook.handler.js';
import { LimitConnectionHandler } from './commands/limit-connection/limit-connection.handler.js';
import { RefreshDirectoryHandler } from './commands/refresh-directory/refresh-directory.handler.js';
import { RevokeHookTokenHandler } from './commands/revoke-hook-token/revoke-hook-token.handler.js';
import { RotateHookTokenHandler } from './commands/rotate-hook-token/rotate-hook-token.handler.js';
import { StartConnectionHandler } from './commands/start-connection/start-connection.handler.js';
import { ReplayHookHandler } from './commands/start-hook-replay/replay-hook.handler.js';
import { ReplayOrders } from './commands/start-hook-replay/replay-orders.js';
import { StartHookReplayHandler } from './commands/start-hook-replay/start-hook-replay.handler.js';
import { TakeInstallHandler } from './commands/take-install/take-install.handler.js';
import { StartExternalConnectionHandler } from './commands/start-external-connection/start-external-connection.handler.js';
import { TakeSecretsHandler } from './commands/take-secrets/take-secrets.handler.js';
import { TakeUninstallHandler } from './commands/take-uninstall/take-uninstall.handler.js';
import { UpdateHookTokenHandler } from './commands/update-hook-token/update-hook-token.handler.js';
import { CodeExchange } from './connection/code-exchange.js';
import { ConnectionChanges } from './connection/connection-changes.js';
import { GrantStore } from './connection/grant-store.js';
import { SignIns } from './connection/sign-ins.js';
import { HookTokenStore } from './hook-tokens/hook-token-store.js';
import { HookDispatcher } from './intake/hook-dispatcher.js';
import { HookIntake } from './intake/hook-intake.js';
import { RateExchange } from './intake/rate-exchange.js';
import { SenderRate } from './intake/sender-rate.js';
import { HOOK_SETTINGS, type HookSettings } from './ports/hook-settings.js';
import { GetConnectionHandler } from './queries/get-connection/get-connection.handler.js';
import { GetDirectoryHandler } from './queries/get-directory/get-directory.handler.js';
import { GetHookHandler } from './queries/get-hook/get-hook.handler.js';
import { GetHookReplayHandler, ListReplayedHooksHandler } from './queries/get-hook-replay/get-hook-replay.handler.js';
import { GetHookTokenHandler } from './queries/get-hook-token/get-hook-token.handler.js';
import { GetRequestRateHandler } from './queries/get-request-rate/get-request-rate.handler.js';
import { ListHookTokensHandler } from './queries/list-hook-tokens/list-hook-tokens.handler.js';
import { ListHooksHandler } from './queries/list-hooks/list-hooks.handler.js';
import './jobs/check-connection.job.js';
import { DisposableTokens } from './widget/disposable-tokens.js';
import { WidgetOrigins } from './widget/widget-origins.js';
import './jobs/dispatch-hook.job.js';
import './jobs/refresh-directory.job.js';
import './subscriptions.js';

/** The crm context: the amoCRM connection, its directory, and inbound hooks. */
@Module({
  providers: [
    StartConnectionHandler,
    CompleteConnectionHandler,
    DisconnectHandler,
    LimitConnectionHandler,
    CheckConnectionHandler,
    ConnectByCodeHandler,
    ConnectByTokenHandler,
    TakeInstallHandler,
    TakeUninstallHandler,
    StartExternalConnectionHandler,
    TakeSecretsHandler,
    RefreshDirectoryHandler,
    CreateHookTokenHandler,
    UpdateHookTokenHandler,
    RotateHookTokenHandler,
    RevokeHookTokenHandler,
    DispatchHookHandler,
    FailHookHandler,
    GetConnectionHandler,
    GetDirectoryHandler,
    GetRequestRateHandler,
    ListHookTokensHandler,
    GetHookTokenHandler,
    ListHooksHandler,
    GetHookHandler,
    StartHookReplayHandler,
    ReplayHookHandler,
    AdvanceHookReplayHandler,
    CancelHookReplayHandler,
    GetHookReplayHandler,
    ListReplayedHooksHandler,
    ReplayOrders,
    GrantStore,
    ConnectionChanges,
    CodeExchange,
    SignIns,
    HookTokenStore,
    HookDispatcher,
    HookIntake,
    { provide: SenderRate, useFactory: (settings: HookSettings) => new SenderRate(settings), inject: [HOOK_SETTINGS] },
    RateExchange,
    DisposableTokens,
    WidgetOrigins,
  ],
  exports: [HookIntake, RateExchange, DisposableTokens, WidgetOrigins],
})
export class CrmApplicationModule {}
