import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  AddInteractionCommand,
  ChangeInteractionCommand,
  type ClientEntryId,
  type ClientId,
  clientsErrors,
  DeleteInteractionCommand,
  type EntryRowView,
  GetInteractionQuery,
  type InteractionInput,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { Cached, IfMatch } from '../shared/etags.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import { AddInteractionRequest, ChangeInteractionRequest, EntryResponse } from './interactions.dto.js';
import { tagged } from './versioned.js';

const UNKNOWN = clientsErrors['clients.interaction_unknown'];
const NOT_AUTHOR = clientsErrors['clients.not_the_author'];

/** Calls, e-mails, meetings and messages. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/interactions')
export class InteractionsController {
  constructor(private readonly bus: AppBus) {}

  @Post()
  @ApiOperation({ summary: 'Record a call, an e-mail, a meeting or a message' })
  @Created(EntryResponse, ({ id }) => `/api/v1/interactions/${id}`)
  @Problems(clientsErrors['clients.client_unknown'])
  @Repeatable()
  async add(
    @Body() { clientId, kind, ...input }: AddInteractionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntryRowView> {
    const command = new AddInteractionCommand(clientId as ClientId, kind, inputOf(input));
    return tagged(reply, await this.bus.execute(command));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One interaction' })
  @Ok(EntryResponse)
  @Problems(UNKNOWN)
  @Cached()
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<EntryRowView> {
    return tagged(reply, await this.bus.ask(new GetInteractionQuery(id)));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a record of an interaction', description: 'Only its author may.' })
  @IfMatch()
  @Ok(EntryResponse)
  @Problems(UNKNOWN, NOT_AUTHOR, sharedErrors['shared.version_conflict'])
  @Repeatable()
  async change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeInteractionRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntryRowView> {
    const command = new ChangeInteractionCommand(id as ClientEntryId, inputOf(input), versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Take a record away',
    description: "One's own, or anybody's with the permission `clients:delete`.",
  })
  @IfMatch()
  @NoContent()
  @Problems(UNKNOWN, NOT_AUTHOR, sharedErrors['shared.version_conflict'])
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string, @Headers('if-match') ifMatch: string | undefined): Promise<void> {
    await this.bus.execute(new DeleteInteractionCommand(id as ClientEntryId, versionOf(ifMatch)));
  }
}

const inputOf = ({ at, ...input }: ChangeInteractionRequest): InteractionInput => ({
  ...input,
  ...(at !== undefined && { at: new Date(at) }),
});
