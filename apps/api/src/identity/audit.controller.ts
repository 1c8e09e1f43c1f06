import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { type AuditFilter, type AuditPageView, ListAuditQuery } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { AuditExport } from './audit-export.js';
import { AuditExportRequest, type AuditFilterRequest, AuditListRequest, AuditPageResponse } from './audit.dto.js';

const DEFAULT_LIMIT = 50;
const TYPES = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;
const TEXT = { schema: { type: 'string' } } as const;

/** Who did what to which record. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly bus: AppBus,
    private readonly exports: AuditExport,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The audit trail, newest first' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(AuditPageResponse)
  list(@Query() { limit = DEFAULT_LIMIT, cursor, ...filter }: AuditListRequest): Promise<AuditPageView> {
    return this.bus.ask(new ListAuditQuery(filterOf(filter), { limit, cursor }));
  }

  @Get('export')
  @ApiOperation({
    summary: 'The audit trail as a file, newest first',
    description:
      'Streamed, of any length; a stream that breaks off is not complete. The export is a line of the trail itself. Cells that a spreadsheet would take for formulas begin with an apostrophe.',
  })
  @ApiOkResponse({ description: 'The lines', content: { 'text/csv': TEXT, 'application/x-ndjson': TEXT } })
  @Problems(sharedErrors['shared.validation_failed'])
  async export(@Query() { format = 'csv', ...filter }: AuditExportRequest): Promise<StreamableFile> {
    const stream = await this.exports.open(filterOf(filter), format);
    return new StreamableFile(stream, { type: TYPES[format], disposition: `attachment; filename="audit.${format}"` });
  }
}

const filterOf = ({ from, to, ...filter }: AuditFilterRequest): AuditFilter => ({
  ...filter,
  from: instant(from),
  to: instant(to),
});

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
