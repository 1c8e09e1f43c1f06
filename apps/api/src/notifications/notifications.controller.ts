import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  ChangeNotificationSettingsCommand,
  GetNotificationSettingsQuery,
  ListNotificationsQuery,
  notificationsErrors,
  type NotificationSettingsView,
  type NotificationsView,
  ReadAllNotificationsCommand,
  ReadNotificationCommand,
} from '#application/notifications/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { SessionRoute } from '../identity/session-route.decorator.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { NotificationListRequest, NotificationListResponse, NotificationSettingsBody } from './notifications.dto.js';

/** What the caller was told in this workspace: a person's own, so neither keys nor pages of amoCRM come here. */
@ApiTags('notifications')
@ApiBearerAuth()
@SessionRoute()
@Controller('api/v1/notifications')
export class NotificationsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'My notifications, newest first', description: 'Kept for 90 days.' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(NotificationListResponse)
  list(@Query() { unread = false, ...page }: NotificationListRequest): Promise<NotificationsView> {
    return this.bus.ask(new ListNotificationsQuery(unread, pageOf(page)));
  }

  @Post('read')
  @ApiOperation({ summary: 'Mark all my notifications as read' })
  @NoContent()
  @Repeatable()
  async readAll(): Promise<void> {
    await this.bus.execute(new ReadAllNotificationsCommand());
  }

  @Get('settings')
  @ApiOperation({ summary: 'What I want to be told by mail' })
  @Ok(NotificationSettingsBody)
  settings(): Promise<NotificationSettingsView> {
    return this.bus.ask(new GetNotificationSettingsQuery());
  }

  @Put('settings')
  @ApiOperation({ summary: 'Say what I want to be told by mail' })
  @Ok(NotificationSettingsBody)
  @Repeatable()
  change(@Body() { mentionsByMail }: NotificationSettingsBody): Promise<NotificationSettingsView> {
    return this.bus.execute(new ChangeNotificationSettingsCommand(mentionsByMail));
  }

  @Post(':id/read')
  @ApiOperation({ summary: 'Mark one of my notifications as read', description: 'No mail tells of it any more.' })
  @Problems(notificationsErrors['notifications.unknown'])
  @NoContent()
  @Repeatable()
  async read(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new ReadNotificationCommand(id));
  }
}
