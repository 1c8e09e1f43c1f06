import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  ActivateApiKeyCommand,
  type ApiKeyId,
  type ApiKeyView,
  CreateApiKeyCommand,
  DeactivateApiKeyCommand,
  DEFAULT_OVERLAP_HOURS,
  DeleteApiKeyCommand,
  GetApiKeyQuery,
  identityErrors,
  ListApiKeysQuery,
  type NewApiKeyView,
  RotateApiKeyCommand,
  UpdateApiKeyCommand,
} from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { etagOf, versionOf } from '../crm/if-match.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { CursorRequest, pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import {
  ApiKeyListResponse,
  ApiKeyResponse,
  CreateApiKeyRequest,
  NewApiKeyResponse,
  RotateApiKeyRequest,
  UpdateApiKeyRequest,
} from './api-keys.dto.js';

const UNKNOWN = identityErrors['identity.api_key_unknown'];
const BEYOND = identityErrors['identity.beyond_own_rights'];

/** Credentials of programs: made, changed, stopped, rotated. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'API keys, newest first, deactivated and expired ones too' })
  @Ok(ApiKeyListResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  list(@Query() page: CursorRequest): Promise<Page<ApiKeyView>> {
    return this.bus.ask(new ListApiKeysQuery(pageOf(page)));
  }

  @Post()
  @ApiOperation({ summary: 'Make an API key', description: 'The answer shows the key; no later one does.' })
  @Created(NewApiKeyResponse, ({ id }) => `/api/v1/api-keys/${id}`)
  @Problems(BEYOND)
  create(@Body() { expiresAt, ...terms }: CreateApiKeyRequest): Promise<NewApiKeyView> {
    return this.bus.execute(new CreateApiKeyCommand({ ...terms, expiresAt: instant(expiresAt) ?? null }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One API key' })
  @Ok(ApiKeyResponse)
  @Problems(UNKNOWN)
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ApiKeyView> {
    return tagged(reply, await this.bus.ask(new GetApiKeyQuery(id as ApiKeyId)));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change name, scopes, expiry, addresses or rate',
    description: 'In force with the next request. Takes whoever may himself do all that the key may, before and after.',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  })
  @Ok(ApiKeyResponse)
  @Problems(UNKNOWN, BEYOND, sharedErrors['shared.version_conflict'])
  @Repeatable()
  async update(
    @Param('id', IdPipe) id: string,
    @Body() { expiresAt, ...terms }: UpdateApiKeyRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiKeyView> {
    const change = { ...terms, ...(expiresAt !== undefined && { expiresAt: instant(expiresAt) }) };
    const command = new UpdateApiKeyCommand(id as ApiKeyId, change, versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Post(':id/activate')
  @ApiOperation({ summary: 'Let a deactivated key in again' })
  @Ok(ApiKeyResponse)
  @Problems(UNKNOWN, BEYOND)
  @Repeatable()
  activate(@Param('id', IdPipe) id: string): Promise<ApiKeyView> {
    return this.bus.execute(new ActivateApiKeyCommand(id as ApiKeyId));
  }

  @Post(':id/deactivate')
  @ApiOperation({ summary: 'Refuse a key from the next request on, in every process' })
  @Ok(ApiKeyResponse)
  @Problems(UNKNOWN)
  @Repeatable()
  deactivate(@Param('id', IdPipe) id: string): Promise<ApiKeyView> {
    return this.bus.execute(new DeactivateApiKeyCommand(id as ApiKeyId));
  }

  @Post(':id/rotate')
  @ApiOperation({
    summary: 'Replace the key',
    description:
      'The keys before are taken for the overlap, or as long as they were to be if that is sooner; at most five work at a time.',
  })
  @Ok(NewApiKeyResponse)
  @Problems(UNKNOWN, BEYOND, identityErrors['identity.api_key_overlaps'])
  rotate(
    @Param('id', IdPipe) id: string,
    @Body() { overlapHours = DEFAULT_OVERLAP_HOURS }: RotateApiKeyRequest,
  ): Promise<NewApiKeyView> {
    return this.bus.execute(new RotateApiKeyCommand(id as ApiKeyId, overlapHours));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Delete a key', description: 'What was done with it stays in the audit trail.' })
  @NoContent()
  @Problems(UNKNOWN)
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new DeleteApiKeyCommand(id as ApiKeyId));
  }
}

const instant = (text: string | null | undefined): Date | null => (typeof text === 'string' ? new Date(text) : null);

const tagged = (reply: FastifyReply, view: ApiKeyView): ApiKeyView => {
  void reply.header('etag', etagOf(view.version));
  return view;
};
