import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { AmoDealId, CopyOperationId } from '#domain/shared/ids.js';
import {
  CancelCopyCommand,
  CopyDealsCommand,
  type CopyDealsInput,
  dealsErrors,
  GetCopyQuery,
  ListCopiesQuery,
  ListCopyItemsQuery,
  PreviewCopyQuery,
  RetryCopyCommand,
} from '#application/deals/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { AMOCRM_PROBLEMS, DIRECTORY_PROBLEMS } from '../crm/crm-problems.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { ReadsOnly } from '../shared/reads-only.decorator.js';
import { Accepted, Ok } from '../shared/responses.js';
import {
  CopyDealsRequest,
  CopyItemListResponse,
  CopyListResponse,
  CopyResponse,
  ListCopiesRequest,
  PreviewResponse,
} from './copies.dto.js';
import { toCopyOptions } from './copy-options.dto.js';
import { OperationEvents } from './operation-events.js';
import { CopyAcceptedResponse, ListItemsRequest } from './operations.dto.js';

const locationOf = ({ id }: CopyAcceptedResponse): string => `/api/v1/deals/copies/${id}`;
const inputOf = ({ sourceIds, options = {} }: CopyDealsRequest): CopyDealsInput => ({
  sourceIds: sourceIds as AmoDealId[],
  options: toCopyOptions(options),
});

@ApiTags('deals')
@ApiBearerAuth()
@Controller('api/v1/deals/copies')
export class CopiesController {
  constructor(
    private readonly bus: AppBus,
    private readonly events: OperationEvents,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Copy deals',
    description:
      'Carried out in the background. The same order by the same person within ten seconds is a double click and answers the first operation.',
  })
  @Repeatable()
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(dealsErrors['deals.options_invalid'], ...DIRECTORY_PROBLEMS)
  create(@Body() body: CopyDealsRequest): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new CopyDealsCommand(inputOf(body)));
  }

  @Post('preview')
  @ApiOperation({
    summary: 'What a copy would do and cost',
    description: 'Reads up to 50 of the deals and writes nothing.',
  })
  @ReadsOnly()
  @Ok(PreviewResponse)
  @Problems(dealsErrors['deals.options_invalid'], ...DIRECTORY_PROBLEMS, ...AMOCRM_PROBLEMS)
  async preview(@Body() body: CopyDealsRequest): Promise<object> {
    return this.bus.ask(new PreviewCopyQuery(inputOf(body)));
  }

  @Get()
  @ApiOperation({ summary: 'Copy operations, newest first' })
  @Ok(CopyListResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  async list(@Query() { status, origin, ...page }: ListCopiesRequest): Promise<object> {
    return this.bus.ask(new ListCopiesQuery({ status, origin }, pageOf(page)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One copy operation with its progress' })
  @Ok(CopyResponse)
  @Problems(dealsErrors['deals.copy_not_found'])
  async get(@Param('id', IdPipe) id: string): Promise<object> {
    return this.bus.ask(new GetCopyQuery(id as CopyOperationId));
  }

  @Get(':id/items')
  @ApiOperation({ summary: 'Items of an operation with their reports' })
  @Ok(CopyItemListResponse)
  @Problems(dealsErrors['deals.copy_not_found'], sharedErrors['shared.validation_failed'])
  async items(@Param('id', IdPipe) id: string, @Query() { status, ...page }: ListItemsRequest): Promise<object> {
    return this.bus.ask(new ListCopyItemsQuery(id as CopyOperationId, { status }, pageOf(page)));
  }

  @Get(':id/events')
  @ApiOperation({
    summary: 'Progress as server-sent events',
    description:
      'An event `progress` with the operation at once and on every change; the stream ends with the operation, or when its reader is not let in any more.',
  })
  @ApiProduces('text/event-stream')
  @Ok(CopyResponse)
  @Problems(dealsErrors['deals.copy_not_found'], sharedErrors['shared.rate_limited'])
  async follow(@Param('id', IdPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.events.stream(() => this.bus.ask(new GetCopyQuery(id as CopyOperationId)), reply);
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Cancel after the current batch' })
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(dealsErrors['deals.copy_not_found'], dealsErrors['deals.copy_finished'])
  @Repeatable()
  cancel(@Param('id', IdPipe) id: string): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new CancelCopyCommand(id as CopyOperationId));
  }

  @Post(':id/retry')
  @ApiOperation({ summary: 'Retry the failed items, each where it stopped' })
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(dealsErrors['deals.copy_not_found'], dealsErrors['deals.nothing_to_retry'])
  @Repeatable()
  retry(@Param('id', IdPipe) id: string): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new RetryCopyCommand(id as CopyOperationId));
  }
}
