import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  type ClientId,
  type ClientRowView,
  clientsErrors,
  type ClientView,
  CreateClientCommand,
  DeleteClientCommand,
  FindDuplicatesQuery,
  GetClientQuery,
  ListClientsQuery,
  RestoreClientCommand,
  type SavedClientView,
  UpdateClientCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { IfMatch } from '../shared/etags.js';
import type { Page } from '#application/shared/paging.js';
import { tagged } from './versioned.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { ReadsOnly } from '../shared/reads-only.decorator.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import {
  ClientListRequest,
  ClientPageResponse,
  DuplicatesRequest,
  DuplicatesResponse,
  filterOf,
} from './client-list.dto.js';
import { ClientResponse, CreateClientRequest, SavedClientResponse, UpdateClientRequest } from './clients.dto.js';
import { typedCard } from './typed-card.js';

/** People and companies. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients')
export class ClientsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Clients: search box, filters, order' })
  @Ok(ClientPageResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  list(@Query() request: ClientListRequest): Promise<Page<ClientRowView>> {
    return this.bus.ask(new ListClientsQuery(filterOf(request), pageOf(request), request.sort));
  }

  @Post()
  @ApiOperation({
    summary: 'Add a client',
    description:
      'What is odd but possible is saved, with warnings: a wrong control digit, a phone that another client has.',
  })
  @Created(SavedClientResponse, ({ id }) => `/api/v1/clients/${id}`)
  @Problems(clientsErrors['clients.value_not_unique'])
  @Repeatable()
  async create(
    @Body() body: CreateClientRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedClientView> {
    return tagged(reply, await this.bus.execute(new CreateClientCommand(typedCard(body))));
  }

  @Post('duplicates')
  @HttpCode(200)
  @ReadsOnly()
  @ApiOperation({
    summary: 'Possible duplicates of what is being typed',
    description: 'Clients with the same phone, e-mail or INN, or a close name; the likeliest first.',
  })
  @Ok(DuplicatesResponse)
  duplicates(@Body() { exceptId, ...typed }: DuplicatesRequest) {
    return this.bus.ask(new FindDuplicatesQuery({ ...typed, exceptId: exceptId as ClientId | undefined }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One client' })
  @Ok(ClientResponse)
  @Problems(clientsErrors['clients.client_unknown'])
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ClientView> {
    return tagged(reply, await this.bus.ask(new GetClientQuery(id as ClientId)));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change a client',
    description: 'What is left out stays, null clears. Lists are replaced whole, custom fields one by one.',
  })
  @IfMatch()
  @Ok(SavedClientResponse)
  @Problems(
    clientsErrors['clients.client_unknown'],
    clientsErrors['clients.value_not_unique'],
    sharedErrors['shared.version_conflict'],
  )
  @Repeatable()
  async update(
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateClientRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedClientView> {
    const command = new UpdateClientCommand(id as ClientId, typedCard(body), versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a client', description: 'It can be restored for the days that are set.' })
  @IfMatch()
  @NoContent()
  @Problems(
    clientsErrors['clients.client_unknown'],
    sharedErrors['shared.version_conflict'],
    sharedErrors['shared.validation_failed'],
  )
  @Repeatable()
  async delete(@Param('id', IdPipe) id: string, @Headers('if-match') ifMatch: string | undefined): Promise<void> {
    await this.bus.execute(new DeleteClientCommand(id as ClientId, versionOf(ifMatch)));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'Restore a deleted client' })
  @Ok(SavedClientResponse)
  @Problems(
    clientsErrors['clients.client_unknown'],
    clientsErrors['clients.restore_too_late'],
    clientsErrors['clients.value_not_unique'],
  )
  @Repeatable()
  async restore(
    @Param('id', IdPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedClientView> {
    return tagged(reply, await this.bus.execute(new RestoreClientCommand(id as ClientId)));
  }
}
