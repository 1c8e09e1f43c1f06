import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  AddCommentCommand,
  type ClientEntryId,
  type ClientId,
  clientsErrors,
  type CommentHistoryView,
  type CommentView,
  DeleteCommentCommand,
  EditCommentCommand,
  GetCommentHistoryQuery,
  GetCommentQuery,
  PinCommentCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { versionOf } from '../crm/if-match.js';
import { Cached, IfMatch } from '../shared/etags.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import { AddCommentRequest, CommentHistoryResponse, CommentResponse, EditCommentRequest } from './comments.dto.js';
import { tagged } from './versioned.js';

const UNKNOWN = clientsErrors['clients.comment_unknown'];
const NOT_AUTHOR = clientsErrors['clients.not_the_author'];
const CONFLICT = sharedErrors['shared.version_conflict'];

/** What people write about clients. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller('api/v1/comments')
export class CommentsController {
  constructor(private readonly bus: AppBus) {}

  @Post()
  @ApiOperation({ summary: 'Write a comment on a client' })
  @Created(CommentResponse, ({ id }) => `/api/v1/comments/${id}`)
  @Problems(clientsErrors['clients.client_unknown'])
  @Repeatable()
  async add(
    @Body() { clientId, text, mentions }: AddCommentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentView> {
    return tagged(reply, await this.bus.execute(new AddCommentCommand(clientId as ClientId, text, mentions)));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One comment' })
  @Ok(CommentResponse)
  @Problems(UNKNOWN)
  @Cached()
  async get(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<CommentView> {
    return tagged(reply, await this.bus.ask(new GetCommentQuery(id)));
  }

  @Get(':id/history')
  @ApiOperation({ summary: 'What a comment has said, newest first' })
  @Ok(CommentHistoryResponse)
  @Problems(UNKNOWN)
  history(@Param('id', IdPipe) id: string): Promise<CommentHistoryView> {
    return this.bus.ask(new GetCommentHistoryQuery(id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Say something else', description: 'Only its author may. What it said is kept.' })
  @IfMatch()
  @Ok(CommentResponse)
  @Problems(UNKNOWN, NOT_AUTHOR, CONFLICT)
  @Repeatable()
  async edit(
    @Param('id', IdPipe) id: string,
    @Body() { text, mentions }: EditCommentRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommentView> {
    const command = new EditCommentCommand(id as ClientEntryId, text, mentions, versionOf(ifMatch));
    return tagged(reply, await this.bus.execute(command));
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Take a comment away',
    description: "One's own, or anybody's with the permission `clients:delete`.",
  })
  @IfMatch()
  @NoContent()
  @Problems(UNKNOWN, NOT_AUTHOR, CONFLICT)
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string, @Headers('if-match') ifMatch: string | undefined): Promise<void> {
    await this.bus.execute(new DeleteCommentCommand(id as ClientEntryId, versionOf(ifMatch)));
  }

  @Post(':id/pin')
  @ApiOperation({ summary: "Put a comment at the top of the client's timeline" })
  @Ok(CommentResponse)
  @Problems(UNKNOWN, clientsErrors['clients.too_many_pinned'])
  @Repeatable()
  async pin(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<CommentView> {
    return tagged(reply, await this.bus.execute(new PinCommentCommand(id as ClientEntryId, true)));
  }

  @Post(':id/unpin')
  @ApiOperation({ summary: 'Put it back to its place' })
  @Ok(CommentResponse)
  @Problems(UNKNOWN)
  @Repeatable()
  async unpin(@Param('id', IdPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<CommentView> {
    return tagged(reply, await this.bus.execute(new PinCommentCommand(id as ClientEntryId, false)));
  }
}
