import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  AddDictionaryEntryCommand,
  clientsErrors,
  CreateDictionaryCommand,
  DeleteDictionaryCommand,
  type DictionaryEntryId,
  type DictionaryListView,
  type DictionaryView,
  GetDictionaryQuery,
  ListDictionariesQuery,
  RenameDictionaryCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { Cached, IfMatch } from '../shared/etags.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import {
  AddDictionaryEntryRequest,
  CreateDictionaryRequest,
  DictionaryListResponse,
  DictionaryResponse,
  RenameDictionaryRequest,
  type TitlesRequest,
} from './dictionaries.dto.js';
import { DictionaryKeyPipe } from './dictionary-key.pipe.js';
import { tagged } from './versioned.js';

const UNKNOWN = clientsErrors['clients.dictionary_unknown'];

/** Lists of values that a workspace keeps. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/dictionaries')
export class DictionariesController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Dictionaries of the workspace, without their entries' })
  @Ok(DictionaryListResponse)
  list(): Promise<DictionaryListView> {
    return this.bus.ask(new ListDictionariesQuery());
  }

  @Post()
  @ApiOperation({ summary: "Make a dictionary of the workspace's own" })
  @Created(DictionaryResponse, ({ id }) => `/api/v1/dictionaries/${id}`)
  @Problems(clientsErrors['clients.dictionary_code_taken'])
  @Repeatable()
  async create(
    @Body() { code, titles }: CreateDictionaryRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DictionaryView> {
    return tagged(reply, await this.bus.execute(new CreateDictionaryCommand(code, titlesOf(titles))));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One dictionary with its entries', description: 'By its id, or by its code: `sources`.' })
  @Ok(DictionaryResponse)
  @Problems(UNKNOWN)
  @Cached()
  async get(
    @Param('id', DictionaryKeyPipe) key: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DictionaryView> {
    void reply.header('cache-control', 'private, no-cache');
    return tagged(reply, await this.bus.ask(new GetDictionaryQuery(key)));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a dictionary' })
  @IfMatch()
  @Ok(DictionaryResponse)
  @Problems(UNKNOWN, sharedErrors['shared.version_conflict'])
  @Repeatable()
  async rename(
    @Param('id', DictionaryKeyPipe) key: string,
    @Body() { titles }: RenameDictionaryRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DictionaryView> {
    const command = new RenameDictionaryCommand(key, titlesOf(titles), versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({ summary: "Delete a dictionary of the workspace's own that nothing names" })
  @NoContent()
  @Problems(UNKNOWN, clientsErrors['clients.dictionary_is_system'], clientsErrors['clients.dictionary_entry_in_use'])
  @Repeatable()
  async remove(@Param('id', DictionaryKeyPipe) key: string): Promise<void> {
    await this.bus.execute(new DeleteDictionaryCommand(key));
  }

  @Post(':id/entries')
  @ApiOperation({ summary: 'Add an entry', description: 'Answers the dictionary as it is then.' })
  @IfMatch()
  @Created(DictionaryResponse, ({ id }) => `/api/v1/dictionaries/${id}`)
  @Problems(UNKNOWN, clientsErrors['clients.dictionary_code_taken'], sharedErrors['shared.version_conflict'])
  @Repeatable()
  async addEntry(
    @Param('id', DictionaryKeyPipe) key: string,
    @Body() { titles, parentId, ...entry }: AddDictionaryEntryRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DictionaryView> {
    const input = { ...entry, titles: titlesOf(titles), parentId: parentId as DictionaryEntryId | null | undefined };
    return tagged(reply, await this.bus.execute(new AddDictionaryEntryCommand(key, input, versionOf(ifMatch))));
  }
}

/** Titles as the domain knows them. */
export const titlesOf = ({ ru, en }: TitlesRequest): { ru: string; en: string | null } => ({ ru, en: en ?? null });
