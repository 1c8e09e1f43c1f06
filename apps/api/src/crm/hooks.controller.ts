import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { crmErrors, GetHookQuery, type HookFilter, ListHooksQuery } from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { pageOf } from '../shared/paging.dto.js';
import { Problems } from '../shared/problems.js';
import { Ok } from '../shared/responses.js';
import { HookCardResponse, HookListRequest, HookListResponse } from './hooks.dto.js';

/** What amoCRM sent and what came of it. */
@ApiTags('crm')
@ApiBearerAuth()
@Controller('api/v1/crm/hooks')
export class HooksController {
  constructor(private readonly bus: AppBus) {}

  @Get()
  @ApiOperation({
    summary: 'Received hooks, newest first, without their bodies',
    description: 'All filters hold at once. Records are known only of hooks that were read.',
  })
  @Ok(HookListResponse)
  @Problems(sharedErrors['shared.validation_failed'])
  async list(@Query() { dealId, entity, entityId, limit, cursor, ...filter }: HookListRequest): Promise<object> {
    const about = aboutOf(dealId, entity, entityId);
    return this.bus.ask(new ListHooksQuery(pageOf({ limit, cursor }), { ...filter, ...(about && { about }) }));
  }

  @Get(':id')
  @ApiOperation({
    summary: 'One hook: what it says, its runs, what they started',
    description: 'With the raw body for who may manage the connection.',
  })
  @Ok(HookCardResponse)
  @Problems(crmErrors['crm.hook_unknown'])
  async get(@Param('id', IdPipe) id: string): Promise<object> {
    return this.bus.ask(new GetHookQuery(id));
  }
}

/** @throws AppError `shared.validation_failed` for half of a record's name, or two records */
const aboutOf = (
  dealId: number | undefined,
  entity: string | undefined,
  entityId: number | undefined,
): HookFilter['about'] => {
  const whole = entity !== undefined && entityId !== undefined;
  const none = entity === undefined && entityId === undefined;
  if (dealId !== undefined && none) return { entity: 'leads', id: dealId };
  if (dealId === undefined && none) return undefined;
  if (dealId === undefined && whole) return { entity, id: entityId };
  const issue = { path: 'entity', code: 'incomplete', message: 'give entity and entityId together, and no dealId' };
  throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
};
