import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { AmoDealId, TransferId } from '#domain/shared/ids.js';
import {
  CancelTransferCommand,
  dealsErrors,
  GetTransferQuery,
  ListTransferItemsQuery,
  ListTransfersQuery,
  PreviewTransferQuery,
  RetryTransferCommand,
  TransferDealsCommand,
  type TransferDealsInput,
  UndoTransferCommand,
} from '#application/deals/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { AMOCRM_PROBLEMS, DIRECTORY_PROBLEMS } from '../crm/crm-problems.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Accepted, Ok } from '../shared/responses.js';
import { ReadsOnly } from '../shared/reads-only.decorator.js';
import { OperationEvents } from './operation-events.js';
import { CopyAcceptedResponse, ListItemsRequest } from './operations.dto.js';
import { toTransferOptions } from './transfer-options.dto.js';
import { TransferPreviewResponse } from './transfer-preview.dto.js';
import {
  ListTransfersRequest,
  TransferDealsRequest,
  TransferItemListResponse,
  TransferListResponse,
  TransferResponse,
} from './transfers.dto.js';

const locationOf = ({ id }: CopyAcceptedResponse): string => `/api/v1/deals/transfers/${id}`;
const inputOf = ({ sourceIds, options }: TransferDealsRequest): TransferDealsInput => ({
  sourceIds: sourceIds as AmoDealId[],
  options: toTransferOptions(options),
});

@ApiTags('deals')
@ApiBearerAuth()
@Controller('api/v1/deals/transfers')
export class TransfersController {
  constructor(
    private readonly bus: AppBus,
    private readonly events: OperationEvents,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Move deals to another stage, or hand them to another user',
    description:
      'Carried out in the background. The same order by the same person within ten seconds is a double click and answers the first operation.',
  })
  @Repeatable()
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(dealsErrors['deals.transfer_options_invalid'], ...DIRECTORY_PROBLEMS)
  create(@Body() body: TransferDealsRequest): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new TransferDealsCommand(inputOf(body)));
  }

  @Post('preview')
  @ApiOperation({
    summary: 'What a transfer would do and cost',
    description: 'Reads up to 50 of the deals and writes nothing.',
  })
  @Ok(TransferPreviewResponse)
  @ReadsOnly()
  @Problems(dealsErrors['deals.transfer_options_invalid'], ...DIRECTORY_PROBLEMS, ...AMOCRM_PROBLEMS)
  async preview(@Body() body: TransferDealsRequest): Promise<object> {
    return this.bus.ask(new PreviewTransferQuery(inputOf(body)));
  }

  @Get()
  @ApiOperation({ summary: 'Transfers, newest first' })
  @Ok(TransferListResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  async list(@Query() { status, undoOf, ...page }: ListTransfersRequest): Promise<object> {
    return this.bus.ask(new ListTransfersQuery({ status, undoOf: undoOf as TransferId | undefined }, pageOf(page)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One transfer with its progress' })
  @Ok(TransferResponse)
  @Problems(dealsErrors['deals.transfer_not_found'])
  async get(@Param('id', IdPipe) id: string): Promise<object> {
    return this.bus.ask(new GetTransferQuery(id as TransferId));
  }

  @Get(':id/items')
  @ApiOperation({ summary: 'Items of a transfer: what each was before, what it became, and their reports' })
  @Ok(TransferItemListResponse)
  @Problems(dealsErrors['deals.transfer_not_found'], sharedErrors['shared.validation_failed'])
  async items(@Param('id', IdPipe) id: string, @Query() { status, ...page }: ListItemsRequest): Promise<object> {
    return this.bus.ask(new ListTransferItemsQuery(id as TransferId, { status }, pageOf(page)));
  }

  @Get(':id/events')
  @ApiOperation({
    summary: 'Progress of a transfer as server-sent events',
    description:
      'An event `progress` with the operation at once and on every change; the stream ends with the operation, or when its reader is not let in any more.',
  })
  @ApiProduces('text/event-stream')
  @Ok(TransferResponse)
  @Problems(dealsErrors['deals.transfer_not_found'], sharedErrors['shared.rate_limited'])
  async follow(@Param('id', IdPipe) id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.events.stream(() => this.bus.ask(new GetTransferQuery(id as TransferId)), reply);
  }

  @Post(':id/cancel')
  @ApiOperation({ summary: 'Cancel a transfer after the current batch' })
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(dealsErrors['deals.transfer_not_found'], dealsErrors['deals.transfer_finished'])
  @Repeatable()
  cancel(@Param('id', IdPipe) id: string): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new CancelTransferCommand(id as TransferId));
  }

  @Post(':id/retry')
  @ApiOperation({ summary: 'Retry the failed items of a transfer' })
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(dealsErrors['deals.transfer_not_found'], dealsErrors['deals.transfer_nothing_to_retry'])
  @Repeatable()
  retry(@Param('id', IdPipe) id: string): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new RetryTransferCommand(id as TransferId));
  }

  @Post(':id/undo')
  @ApiOperation({
    summary: 'Put back what a transfer changed',
    description:
      'A new operation. What is no longer as the transfer left it is reported and left alone. Its own undoing does the transfer again.',
  })
  @Accepted(CopyAcceptedResponse, locationOf)
  @Problems(
    dealsErrors['deals.transfer_not_found'],
    dealsErrors['deals.transfer_running'],
    dealsErrors['deals.transfer_nothing_to_undo'],
    ...DIRECTORY_PROBLEMS,
  )
  @Repeatable()
  undo(@Param('id', IdPipe) id: string): Promise<CopyAcceptedResponse> {
    return this.bus.execute(new UndoTransferCommand(id as TransferId));
  }
}
