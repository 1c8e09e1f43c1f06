import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  clientsErrors,
  type CommentRowView,
  ENTRY_KINDS,
  type EntryKind,
  GetTimelineQuery,
  ListCommentsQuery,
  type TimelineView,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { CursorRequest, pageOf } from '../shared/paging.dto.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { CommentListResponse } from './comments.dto.js';
import { TimelineRequest, TimelineResponse } from './interactions.dto.js';

/** What is told on a client's card. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/clients')
export class ClientHistoryController {
  constructor(private readonly bus: AppBus) {}

  @Get(':id/comments')
  @ApiOperation({ summary: 'Comments on a client, newest first' })
  @Ok(CommentListResponse)
  @Problems(clientsErrors['clients.client_unknown'], sharedErrors['shared.validation_failed'])
  comments(@Param('id', IdPipe) id: string, @Query() page: CursorRequest): Promise<Page<CommentRowView>> {
    return this.bus.ask(new ListCommentsQuery(id, pageOf(page)));
  }

  @Get(':id/timeline')
  @ApiOperation({
    summary: 'What happened with a client, newest first',
    description: 'Comments, interactions, and what the product did. What is pinned comes first, on the first page.',
  })
  @Ok(TimelineResponse)
  @Problems(clientsErrors['clients.client_unknown'], sharedErrors['shared.validation_failed'])
  timeline(@Param('id', IdPipe) id: string, @Query() { kinds, ...page }: TimelineRequest): Promise<TimelineView> {
    return this.bus.ask(new GetTimelineQuery(id, kinds === undefined ? {} : { kinds: kindsOf(kinds) }, pageOf(page)));
  }
}

const kindsOf = (text: string): readonly EntryKind[] => {
  const kinds = text.split(',');
  const known: readonly string[] = ENTRY_KINDS;
  if (kinds.every((kind) => known.includes(kind))) return kinds as EntryKind[];
  const issue = { path: 'kinds', code: 'unknown_kind', message: `must be some of ${ENTRY_KINDS.join(', ')}` };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};
