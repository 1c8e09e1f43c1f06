import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { asId, type SessionId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  EndOtherSessionsCommand,
  EndSessionCommand,
  identityErrors,
  ListSessionsQuery,
  type SessionView,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { CursorRequest, pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { CurrentSession } from './current-session.decorator.js';
import { SessionRoute } from './session-route.decorator.js';
import { SessionListResponse } from './sessions.dto.js';

/** The caller's own sessions, in all workspaces. */
@ApiTags('identity')
@ApiBearerAuth()
@SessionRoute()
@Controller('api/v1/auth/sessions')
export class SessionsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Where I am signed in, newest first' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(SessionListResponse)
  list(@CurrentSession() current: SessionId, @Query() page: CursorRequest): Promise<Page<SessionView>> {
    return this.bus.ask(new ListSessionsQuery(current, pageOf(page)));
  }

  @Delete()
  @ApiOperation({ summary: 'Sign out everywhere else', description: 'Access tokens end within two seconds.' })
  @NoContent()
  @Repeatable()
  async endOthers(@CurrentSession() current: SessionId): Promise<void> {
    await this.bus.execute(new EndOtherSessionsCommand(current));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'End one of my sessions', description: 'Its access token ends within two seconds.' })
  @Problems(identityErrors['identity.session_unknown'])
  @NoContent()
  @Repeatable()
  async end(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new EndSessionCommand(asId<SessionId>(id)));
  }
}
