import { Module } from '@nestjs/common';
import { CompleteConnectionHandler } from './commands/complete-connection/complete-connection.handler.js';
import { CreateHookTokenHandler } from './commands/create-hook-token/create-hook-token.handler.js';
import { DisconnectHandler } from './commands/disconnect/disconnect.handler.js';
import { DispatchHookHandler } from './commands/dispatch-hook/dispatch-hook.handler.js';
import { FailHookHandler } from './commands/fail-hook/fail-hook.handler.js';
import { RefreshDirectoryHandler } from './commands/refresh-directory/refresh-directory.handler.js';
import { RevokeHookTokenHandler } from './commands/revoke-hook-token/revoke-hook-token.handler.js';
import { RotateHookTokenHandler } from './commands/rotate-hook-token/rotate-hook-token.handler.js';
import { StartConnectionHandler } from './commands/start-connection/start-connection.handler.js';
import { UpdateHookTokenHandler } from './commands/update-hook-token/update-hook-token.handler.js';
import { GrantStore } from './connection/grant-store.js';
import { HookTokenStore } from './hook-tokens/hook-token-store.js';
import { HookDispatcher } from './intake/hook-dispatcher.js';
import { HookIntake } from './intake/hook-intake.js';
import { GetConnectionHandler } from './queries/get-connection/get-connection.handler.js';
import { GetDirectoryHandler } from './queries/get-directory/get-directory.handler.js';
import { GetHookTokenHandler } from './queries/get-hook-token/get-hook-token.handler.js';
import { ListHookTokensHandler } from './queries/list-hook-tokens/list-hook-tokens.handler.js';
import { ListHooksHandler } from './queries/list-hooks/list-hooks.handler.js';
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
    RefreshDirectoryHandler,
    CreateHookTokenHandler,
    UpdateHookTokenHandler,
    RotateHookTokenHandler,
    RevokeHookTokenHandler,
    DispatchHookHandler,
    FailHookHandler,
    GetConnectionHandler,
    GetDirectoryHandler,
    ListHookTokensHandler,
    GetHookTokenHandler,
    ListHooksHandler,
    GrantStore,
    HookTokenStore,
    HookDispatcher,
    HookIntake,
    DisposableTokens,
    WidgetOrigins,
  ],
  exports: [HookIntake, DisposableTokens, WidgetOrigins],
})
export class CrmApplicationModule {}
