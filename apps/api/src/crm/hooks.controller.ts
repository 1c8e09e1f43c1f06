import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { type HookView, ListHooksQuery } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import type { Page } from '#application/shared/paging.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { HookListRequest, HookListResponse } from './hooks.dto.js';

/** What amoCRM sent and what came of it. */
@ApiTags('crm')
@ApiBearerAuth()
@Controller('api/v1/crm/hooks')
export class HooksController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({ summary: 'Received hooks, newest first, without their bodies' })
  @Ok(HookListResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  list(@Query() { state, ...page }: HookListRequest): Promise<Page<HookView>> {
    return this.bus.ask(new ListHooksQuery(pageOf(page), state));
  }
}
