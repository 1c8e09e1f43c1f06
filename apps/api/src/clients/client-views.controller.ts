import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  type ClientViewId,
  clientsErrors,
  CreateClientViewCommand,
  DeleteClientViewCommand,
  ListClientViewsQuery,
  type SavedViewView,
  UpdateClientViewCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { IfMatch } from '../shared/etags.js';
import { tagged } from './versioned.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import {
  ClientViewListResponse,
  ClientViewResponse,
  CreateClientViewRequest,
  UpdateClientViewRequest,
  type ViewQuery,
} from './client-views.dto.js';

/** Saved lists of clients. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients/views')
export class ClientViewsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Your own views and those that others share, by title' })
  @Ok(ClientViewListResponse)
  list() {
    return this.bus.ask(new ListClientViewsQuery());
  }

  @Post()
  @ApiOperation({ summary: 'Save a list' })
  @Created(ClientViewResponse, ({ id }) => `/api/v1/clients/views/${id}`)
  @Problems(clientsErrors['clients.too_many_views'], sharedErrors['shared.forbidden'])
  @Repeatable()
  async create(
    @Body() { title, shared = false, query }: CreateClientViewRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedViewView> {
    return tagged(reply, await this.bus.execute(new CreateClientViewCommand({ title, shared, query: stored(query) })));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a view of your own' })
  @IfMatch()
  @Ok(ClientViewResponse)
  @Problems(
    clientsErrors['clients.view_unknown'],
    clientsErrors['clients.view_not_yours'],
    sharedErrors['shared.version_conflict'],
  )
  @Repeatable()
  async update(
    @Param('id', IdPipe) id: string,
    @Body() { query, ...change }: UpdateClientViewRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedViewView> {
    const whole = { ...change, ...(query && { query: stored(query) }) };
    const command = new UpdateClientViewCommand(id as ClientViewId, whole, versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Remove a view of your own' })
  @NoContent()
  @Problems(clientsErrors['clients.view_unknown'], clientsErrors['clients.view_not_yours'])
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new DeleteClientViewCommand(id as ClientViewId));
  }
}

const stored = (query: ViewQuery): Record<string, unknown> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
