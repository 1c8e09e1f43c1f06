import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  analyticsErrors,
  GetSummaryQuery,
  StartRebuildCommand,
  type SummaryView,
} from '#application/analytics/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { NoContent, Ok } from '../shared/responses.js';
import { SummaryRequest, SummaryResponse } from './analytics.dto.js';

/** How are we doing? */
@ApiTags('analytics')
@ApiBearerAuth()
@Controller('api/v1/analytics')
export class AnalyticsController {
  constructor(private readonly bus: AppBus) {}

  @Get('summary')
  @ApiOperation({
    summary: 'New clients and comments by day and by manager',
    description: 'Counted in the background: what happened a moment ago may be missing.',
  })
  @Ok(SummaryResponse)
  @Problems(analyticsErrors['analytics.period_invalid'], sharedErrors['shared.validation_failed'])
  summary(@Query() { from, to }: SummaryRequest): Promise<SummaryView> {
    return this.bus.ask(new GetSummaryQuery(from, to));
  }

  @Post('rebuild')
  @ApiOperation({ summary: 'Have the figures made again from what is stored', description: 'In the background.' })
  @NoContent()
  @Repeatable()
  async rebuild(): Promise<void> {
    await this.bus.execute(new StartRebuildCommand());
  }
}
