import { Controller, Delete, Get, Headers, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  clientsErrors,
  DeleteFileCommand,
  type FileView,
  GetFileQuery,
  OpenFileQuery,
  UploadFileCommand,
} from '#application/clients/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Cached } from '../shared/etags.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Created, NoContent, Ok } from '../shared/responses.js';
import { FileAnswers } from './file-answers.js';
import { FileResponse, UploadFileRequest } from './files.dto.js';
import { UPLOAD_PATH, uploadOf } from './upload-body.js';

const UNKNOWN = clientsErrors['clients.file_unknown'];
const STORAGE = sharedErrors['shared.file_storage_failed'];
const BINARY = { schema: { type: 'string', format: 'binary' } } as const;

/** Files of comments and interactions. */
@ApiTags('clients')
@ApiBearerAuth()
@Controller(UPLOAD_PATH)
export class FilesController {
  constructor(
    private readonly bus: AppBus,
    private readonly answers: FileAnswers,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Send a file',
    description:
      'The body is the content, whatever its type. Name its `id` in `fileIds` of a comment or an interaction; what belongs to nothing after a day is removed.',
  })
  @ApiConsumes('*/*')
  @ApiBody(BINARY)
  @Created(FileResponse, ({ id }) => `/${UPLOAD_PATH}/${id}`)
  @Problems(
    clientsErrors['clients.file_type_refused'],
    clientsErrors['clients.file_quota_exceeded'],
    sharedErrors['shared.validation_failed'],
    STORAGE,
  )
  upload(@Query() { name }: UploadFileRequest, @Req() request: FastifyRequest): Promise<FileView> {
    return this.bus.execute(new UploadFileCommand(uploadOf(request, name)));
  }

  @Get(':id')
  @ApiOperation({
    summary: 'What is known of a file',
    description: 'Whoever reads the comment sees it; while it belongs to nothing, whoever sent it.',
  })
  @Ok(FileResponse)
  @Problems(UNKNOWN)
  get(@Param('id', IdPipe) id: string): Promise<FileView> {
    return this.bus.ask(new GetFileQuery(id));
  }

  @Get(':id/content')
  @ApiOperation({
    summary: 'The content of a file',
    description: 'To be saved; pictures, sound, films, PDF and plain text may be shown. One part by `Range`.',
  })
  @ApiHeader({ name: 'Range', required: false, description: '`bytes=0-1023`; anything else answers the whole' })
  @ApiResponse({ status: 200, description: 'The content', content: { '*/*': BINARY } })
  @ApiResponse({ status: 206, description: 'A part of it', content: { '*/*': BINARY } })
  @Cached()
  @Problems(UNKNOWN, STORAGE)
  async content(
    @Param('id', IdPipe) id: string,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Req() { method }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.answers.answer(await this.bus.ask(new OpenFileQuery(id)), { headers, method }, reply);
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Take away a file that belongs to nothing yet', description: 'Only who sent it may.' })
  @NoContent()
  @Problems(UNKNOWN, clientsErrors['clients.file_attached'])
  @Repeatable()
  async remove(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new DeleteFileCommand(id));
  }
}
