import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { type AuditPageView, ListAuditQuery } from '#application/identity/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { AuditListRequest, AuditPageResponse } from './audit.dto.js';

const DEFAULT_LIMIT = 50;

/** Who did what to which record. */
@ApiTags('identity')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'The audit trail, newest first' })
  @Problems(sharedErrors['shared.validation_failed'])
  @Ok(AuditPageResponse)
  list(@Query() { limit = DEFAULT_LIMIT, cursor, from, to, ...filter }: AuditListRequest): Promise<AuditPageView> {
    return this.bus.ask(new ListAuditQuery({ ...filter, from: instant(from), to: instant(to) }, { limit, cursor }));
  }
}

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));
