import { Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  type AmoEntity,
  type ClientId,
  clientsErrors,
  LinkAmoCommand,
  ListAmoLinksQuery,
  UnlinkAmoCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { AMO_PATHS, AmoEntityPipe, AmoIdPipe } from './amo-party.pipes.js';
import { AmoLinkListResponse } from './client-amo-links.dto.js';

const ENTITY = { name: 'entity', schema: { type: 'string', enum: Object.values(AMO_PATHS) } };
const AMO_ID = {
  name: 'amoId',
  description: 'Its id in amoCRM',
  schema: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
};

/** Which contacts and companies of amoCRM a client is. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients/:id/amocrm-links')
export class ClientAmoLinksController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Contacts or companies of amoCRM that the client is, oldest link first' })
  @Ok(AmoLinkListResponse)
  @Problems(clientsErrors['clients.client_unknown'])
  async list(@Param('id', IdPipe) id: string) {
    const { items } = await this.bus.ask(new ListAmoLinksQuery(id as ClientId));
    return { items: items.map((link) => ({ ...link, entity: AMO_PATHS[link.entity] })) };
  }

  @Put(':entity/:amoId')
  @ApiOperation({
    summary: 'Say which contact or company of amoCRM the client is',
    description: 'What is done with its deals appears in the client’s timeline. A link of a deleted client goes over.',
  })
  @ApiParam(ENTITY)
  @ApiParam(AMO_ID)
  @NoContent()
  @Problems(
    clientsErrors['clients.client_unknown'],
    clientsErrors['clients.amocrm_link_kind'],
    clientsErrors['clients.amocrm_link_taken'],
  )
  @Repeatable()
  async put(
    @Param('id', IdPipe) id: string,
    @Param('entity', AmoEntityPipe) entity: AmoEntity,
    @Param('amoId', AmoIdPipe) amoId: string,
  ): Promise<void> {
    await this.bus.execute(new LinkAmoCommand(id as ClientId, { entity, amoId: Number(amoId) }));
  }

  @Delete(':entity/:amoId')
  @ApiOperation({ summary: 'Take back which contact or company of amoCRM the client is' })
  @ApiParam(ENTITY)
  @ApiParam(AMO_ID)
  @NoContent()
  @Problems(clientsErrors['clients.client_unknown'])
  @Repeatable()
  async remove(
    @Param('id', IdPipe) id: string,
    @Param('entity', AmoEntityPipe) entity: AmoEntity,
    @Param('amoId', AmoIdPipe) amoId: string,
  ): Promise<void> {
    await this.bus.execute(new UnlinkAmoCommand(id as ClientId, { entity, amoId: Number(amoId) }));
  }
}
