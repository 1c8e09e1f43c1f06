import { Body, Controller, Delete, Headers, Param, Patch, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  ChangeDictionaryEntryCommand,
  clientsErrors,
  DeleteDictionaryEntryCommand,
  type DictionaryEntryId,
  type DictionaryView,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { IfMatch } from '../shared/etags.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { titlesOf } from './dictionaries.controller.js';
import { ChangeDictionaryEntryRequest, DictionaryResponse } from './dictionaries.dto.js';
import { tagged } from './versioned.js';

const UNKNOWN = clientsErrors['clients.dictionary_entry_unknown'];

/** Entries of dictionaries, by their own ids. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/dictionary-entries')
export class DictionaryEntriesController {
  constructor(private readonly bus: AppBus) {}

  @Patch(':id')
  @ApiOperation({
    summary: 'Rename, move, archive or take back an entry',
    description: 'Answers the dictionary as it is then; `If-Match` takes the version of the dictionary.',
  })
  @IfMatch()
  @Ok(DictionaryResponse)
  @Problems(UNKNOWN, sharedErrors['shared.version_conflict'])
  @Repeatable()
  async change(
    @Param('id', IdPipe) id: string,
    @Body() { titles, parentId, ...change }: ChangeDictionaryEntryRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DictionaryView> {
    const input = {
      ...change,
      ...(titles && { titles: titlesOf(titles) }),
      ...(parentId !== undefined && { parentId: parentId as DictionaryEntryId | null }),
    };
    const command = new ChangeDictionaryEntryCommand(id as DictionaryEntryId, input, versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Delete an entry that nothing names',
    description: 'One that is in use is archived instead.',
  })
  @NoContent()
  @Problems(UNKNOWN, clientsErrors['clients.dictionary_entry_in_use'])
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new DeleteDictionaryEntryCommand(id as DictionaryEntryId));
  }
}
