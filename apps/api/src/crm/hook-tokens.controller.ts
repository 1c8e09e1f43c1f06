import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  CreateHookTokenCommand,
  crmErrors,
  DEFAULT_OVERLAP_MINUTES,
  GetHookTokenQuery,
  type HookTokenId,
  type HookTokenView,
  ListHookTokensQuery,
  type NewHookTokenView,
  RevokeHookTokenCommand,
  RotateHookTokenCommand,
  UpdateHookTokenCommand,
} from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { type CopyOptionsRequest, toCopyOptions } from '../deals/copy-options.dto.js';
import { CursorRequest, pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import { DIRECTORY_PROBLEMS } from './crm-problems.js';
import {
  CreateHookTokenRequest,
  HookTokenListResponse,
  HookTokenResponse,
  NewHookTokenResponse,
  RotateHookTokenRequest,
  UpdateHookTokenRequest,
} from './hook-tokens.dto.js';
import { etagOf, versionOf } from './if-match.js';

/** Addresses for amoCRM's hooks: made, changed, rotated, revoked. */
@ApiTags('crm')
@ApiBearerAuth()
@Controller('api/v1/crm/hook-tokens')
export class HookTokensController {
  constructor(private readonly bus: AppBus) {}

  @Post()
  @ApiOperation({ summary: 'Make a hook token', description: 'The answer shows the token; no later one does.' })
  @Created(NewHookTokenResponse, ({ id }) => `/api/v1/crm/hook-tokens/${id}`)
  @Problems(...DIRECTORY_PROBLEMS)
  create(@Body() { options, ...body }: CreateHookTokenRequest): Promise<NewHookTokenView> {
    return this.bus.execute(new CreateHookTokenCommand({ ...body, options: options && toHookOptions(options) }));
  }

  @Get()
  @ApiOperation({ summary: 'Hook tokens, newest first, revoked ones too' })
  @Ok(HookTokenListResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  list(@Query() page: CursorRequest): Promise<Page<HookTokenView>> {
    return this.bus.ask(new ListHookTokensQuery(pageOf(page)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One hook token' })
  @Ok(HookTokenResponse)
  @Problems(crmErrors['crm.hook_token_unknown'])
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<HookTokenView> {
    return tagged(reply, await this.bus.ask(new GetHookTokenQuery(id)));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change name, options or repeat guard' })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of the version that is to be changed; any when left out',
  })
  @Ok(HookTokenResponse)
  @Problems(
    crmErrors['crm.hook_token_unknown'],
    crmErrors['crm.hook_token_revoked'],
    sharedErrors['shared.version_conflict'],
    ...DIRECTORY_PROBLEMS,
  )
  @Repeatable()
  async update(
    @Param('id', IdPipe) id: string,
    @Body() { options, ...change }: UpdateHookTokenRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HookTokenView> {
    return tagged(
      reply,
      await this.bus.execute(
        new UpdateHookTokenCommand(
          id as HookTokenId,
          { ...change, ...(options && { options: toHookOptions(options) }) },
          versionOf(ifMatch),
        ),
      ),
    );
  }

  @Post(':id/rotate')
  @ApiOperation({
    summary: 'Replace the token',
    description: 'The old token is taken for the overlap; one from an earlier rotation ends at once.',
  })
  @Ok(NewHookTokenResponse)
  @Problems(crmErrors['crm.hook_token_unknown'], crmErrors['crm.hook_token_revoked'])
  rotate(
    @Param('id', IdPipe) id: string,
    @Body() { overlapMinutes = DEFAULT_OVERLAP_MINUTES }: RotateHookTokenRequest,
  ): Promise<NewHookTokenView> {
    return this.bus.execute(new RotateHookTokenCommand(id as HookTokenId, overlapMinutes));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Revoke a hook token', description: 'Every process refuses it within five seconds.' })
  @NoContent()
  @Problems(crmErrors['crm.hook_token_unknown'])
  @Repeatable()
  async revoke(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new RevokeHookTokenCommand(id as HookTokenId));
  }
}

/** Stored as JSON and read by the context that does the work. */
const toHookOptions = (options: CopyOptionsRequest): Record<string, unknown> => ({ ...toCopyOptions(options) });

const tagged = (reply: FastifyReply, view: HookTokenView): HookTokenView => {
  void reply.header('etag', etagOf(view.version));
  return view;
};
