import { Body, Controller, Delete, Get, Param, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  type ClientId,
  clientsErrors,
  type DictionaryEntryId,
  LinkClientsCommand,
  ListLinksQuery,
  UnlinkClientsCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { LinkListResponse, LinkRequest } from './client-links.dto.js';

/** Who works where. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients/:id/links')
export class ClientLinksController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Companies of a person, people of a company, by name' })
  @Ok(LinkListResponse)
  @Problems(clientsErrors['clients.client_unknown'])
  list(@Param('id', IdPipe) id: string) {
    return this.bus.ask(new ListLinksQuery(id as ClientId));
  }

  @Put(':otherId')
  @ApiOperation({ summary: 'Link a person and a company, or give the link another position' })
  @NoContent()
  @Problems(clientsErrors['clients.client_unknown'], clientsErrors['clients.link_kinds_differ'])
  @Repeatable()
  async put(
    @Param('id', IdPipe) id: string,
    @Param('otherId', IdPipe) otherId: string,
    @Body() { position = null, positionId = null }: LinkRequest,
  ): Promise<void> {
    const as = { position, positionId: (positionId?.toLowerCase() ?? null) as DictionaryEntryId | null };
    await this.bus.execute(new LinkClientsCommand(id as ClientId, otherId as ClientId, as));
  }

  @Delete(':otherId')
  @ApiOperation({ summary: 'Unlink a person and a company' })
  @NoContent()
  @Problems(clientsErrors['clients.client_unknown'], clientsErrors['clients.link_kinds_differ'])
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string, @Param('otherId', IdPipe) otherId: string): Promise<void> {
    await this.bus.execute(new UnlinkClientsCommand(id as ClientId, otherId as ClientId));
  }
}
