import { Body, Controller, Get, Headers, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { asId, type SessionId, type WorkspaceId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  ChangeWorkspaceCommand,
  CreateWorkspaceCommand,
  GetWorkspaceQuery,
  identityErrors,
  ListWorkspacesQuery,
  type OwnWorkspacesView,
  type OwnWorkspaceView,
  type SessionTokensView,
  SwitchWorkspaceCommand,
  type WorkspaceView,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { etagOf, versionOf } from '../crm/if-match.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, Ok } from '../shared/responses.js';
import { SessionTokensResponse } from './auth.dto.js';
import { CurrentSession } from './current-session.decorator.js';
import { SessionRoute } from './session-route.decorator.js';
import {
  ChangeWorkspaceRequest,
  CreateWorkspaceRequest,
  OwnWorkspaceResponse,
  OwnWorkspacesResponse,
  SwitchWorkspaceRequest,
  WorkspaceResponse,
} from './workspaces.dto.js';

/** The workspaces of a person, and what the current one says of itself. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1')
export class WorkspacesController {
  constructor(private readonly bus: AppBus) {}

  @Get('workspaces')
  @ApiOperation({ summary: 'My workspaces' })
  @SessionRoute()
  @Ok(OwnWorkspacesResponse)
  list(): Promise<OwnWorkspacesView> {
    return this.bus.ask(new ListWorkspacesQuery());
  }

  @Post('workspaces')
  @ApiOperation({ summary: 'Make a workspace', description: 'The caller becomes its administrator.' })
  @SessionRoute()
  @Created(OwnWorkspaceResponse, () => '/api/v1/workspaces')
  create(@Body() { name, timeZone, language }: CreateWorkspaceRequest): Promise<OwnWorkspaceView> {
    return this.bus.execute(new CreateWorkspaceCommand({ name, timeZone, language }));
  }

  @Get('workspaces/current')
  @ApiOperation({ summary: 'The current workspace' })
  @Ok(WorkspaceResponse)
  async get(@Res({ passthrough: true }) reply: FastifyReply): Promise<WorkspaceView> {
    return tagged(reply, await this.bus.ask(new GetWorkspaceQuery()));
  }

  @Patch('workspaces/current')
  @ApiOperation({ summary: 'Change name, time zone or language of the current workspace' })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  })
  @Problems(sharedErrors['shared.version_conflict'])
  @Ok(WorkspaceResponse)
  @Repeatable()
  async change(
    @Body() { name, timeZone, language }: ChangeWorkspaceRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WorkspaceView> {
    const command = new ChangeWorkspaceCommand({ name, timeZone, language }, versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Post('auth/switch')
  @ApiOperation({
    summary: 'Go to another workspace of mine',
    description: 'Opens a session there; the one at hand goes on. The next sign-in goes there, too.',
  })
  @Problems(identityErrors['identity.workspace_unknown'])
  @SessionRoute()
  @Ok(SessionTokensResponse)
  switchTo(
    @CurrentSession() current: SessionId,
    @Body() { workspaceId }: SwitchWorkspaceRequest,
  ): Promise<SessionTokensView> {
    return this.bus.execute(new SwitchWorkspaceCommand(asId<WorkspaceId>(workspaceId), current));
  }
}

const tagged = (reply: FastifyReply, workspace: WorkspaceView): WorkspaceView => {
  void reply.header('etag', etagOf(workspace.version));
  return workspace;
};
