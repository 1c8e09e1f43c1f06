import { Body, Controller, Get, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  type ClientFieldId,
  type ClientFieldView,
  clientsErrors,
  CreateClientFieldCommand,
  ListClientFieldsQuery,
  UpdateClientFieldCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { IfMatch } from '../shared/etags.js';
import { tagged } from './versioned.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, Ok } from '../shared/responses.js';
import {
  type ClientFieldChoiceRequest,
  ClientFieldListResponse,
  ClientFieldResponse,
  CreateClientFieldRequest,
  UpdateClientFieldRequest,
} from './client-rules.dto.js';

/** Fields of clients that the workspace has made for itself. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients/fields')
export class ClientFieldsController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Custom fields in their order, archived ones too' })
  @Ok(ClientFieldListResponse)
  list() {
    return this.bus.ask(new ListClientFieldsQuery());
  }

  @Post()
  @ApiOperation({ summary: 'Define a field', description: 'Its code, its type and whether it is unique are for ever.' })
  @Created(ClientFieldResponse, ({ id }) => `/api/v1/clients/fields/${id}`)
  @Problems(clientsErrors['clients.field_code_taken'], clientsErrors['clients.too_many_fields'])
  @Repeatable()
  async create(
    @Body() { appliesTo = 'all', required = false, unique = false, choices = [], ...field }: CreateClientFieldRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClientFieldView> {
    const command = new CreateClientFieldCommand({
      ...field,
      appliesTo,
      required,
      unique,
      choices: choices.map(toChoice),
    });
    return tagged(reply, await this.bus.execute(command));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change, move, archive or bring back a field' })
  @IfMatch()
  @Ok(ClientFieldResponse)
  @Problems(clientsErrors['clients.field_unknown'], sharedErrors['shared.version_conflict'])
  @Repeatable()
  async update(
    @Param('id', IdPipe) id: string,
    @Body() { choices, ...change }: UpdateClientFieldRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClientFieldView> {
    const command = new UpdateClientFieldCommand(
      id as ClientFieldId,
      { ...change, ...(choices && { choices: choices.map(toChoice) }) },
      versionOf(ifMatch),
    );
    return tagged(reply, await this.bus.execute(command));
  }
}

const toChoice = ({ code, title, archived = false }: ClientFieldChoiceRequest) => ({ code, title, archived });
