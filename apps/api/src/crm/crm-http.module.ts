import { Module } from '@nestjs/common';
import { CrmApplicationModule } from '#application/crm/crm.module.js';
import { AmoNoticesController } from './amo-notices.controller.js';
import { ConnectionController } from './connection.controller.js';
import { DirectoryController } from './directory.controller.js';
import { HookIntakeController } from './hook-intake.controller.js';
import { HookRateSharing } from './hook-rate-sharing.js';
import { HookReplaysController } from './hook-replays.controller.js';
import { HookTokensController } from './hook-tokens.controller.js';
import { HooksController } from './hooks.controller.js';
import { OAuthCallbackController } from './oauth-callback.controller.js';
import { WidgetInstalls } from './widget-installs.js';

/** Routes of the crm context. */
@Module({
  imports: [CrmApplicationModule],
  providers: [WidgetInstalls, HookRateSharing],
  controllers: [
    ConnectionController,
    OAuthCallbackController,
    DirectoryController,
    HookTokensController,
    HooksController,
    HookReplaysController,
    HookIntakeController,
    AmoNoticesController,
  ],
})
export class CrmHttpModule {}
