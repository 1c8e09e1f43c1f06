import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import {
  CancelHookReplayCommand,
  crmErrors,
  GetHookReplayQuery,
  type HookReplayStarted,
  type HookTokenId,
  ListReplayedHooksQuery,
  ReplayHookCommand,
  StartHookReplayCommand,
} from '#application/crm/index.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { IdPipe } from '../shared/ids.pipe.js';
import { CursorRequest, pageOf } from '../shared/paging.dto.js';
import { Problems, Repeatable } from '../shared/problems.js';
import { Accepted, NoContent, Ok } from '../shared/responses.js';
import {
  HookReplayResponse,
  HookReplayStartedResponse,
  ReplayedHookListResponse,
  ReplayHookRequest,
  ReplayHooksRequest,
} from './hook-replays.dto.js';

const locationOf = ({ id }: HookReplayStartedResponse): string => `/api/v1/crm/hooks/replays/${id}`;

/** Stored hooks, carried out again. */
@ApiTags('crm')
@ApiBearerAuth()
@Controller('api/v1/crm/hooks')
export class HookReplaysController {
  constructor(private readonly bus: AppBus) {}

  @Post('replays')
  @ApiOperation({
    summary: 'Carry hooks of a period out again',
    description:
      'In the background, oldest first. A hook that began its work before is left alone unless `force` is given.',
  })
  @Repeatable()
  @Accepted(HookReplayStartedResponse, locationOf)
  @Problems(crmErrors['crm.hook_replay_too_large'])
  start(@Body() { from, to, hookTokenId, ...rest }: ReplayHooksRequest): Promise<HookReplayStarted> {
    return this.bus.execute(
      new StartHookReplayCommand({
        ...rest,
        from: new Date(from),
        to: new Date(to),
        hookTokenId: hookTokenId as HookTokenId | undefined,
      }),
    );
  }

  @Get('replays/:id')
  @ApiOperation({ summary: 'A replay and how far it has come' })
  @Ok(HookReplayResponse)
  @Problems(crmErrors['crm.hook_replay_unknown'])
  async get(@Param('id', IdPipe) id: string): Promise<object> {
    return this.bus.ask(new GetHookReplayQuery(id));
  }

  @Get('replays/:id/hooks')
  @ApiOperation({ summary: 'What a replay did to each hook, newest first' })
  @Ok(ReplayedHookListResponse)
  @Problems(crmErrors['crm.hook_replay_unknown'], sharedErrors['shared.validation_failed'])
  async hooks(@Param('id', IdPipe) id: string, @Query() page: CursorRequest): Promise<object> {
    return this.bus.ask(new ListReplayedHooksQuery(id, pageOf(page)));
  }

  @Post('replays/:id/cancel')
  @ApiOperation({
    summary: 'Hand over no more hooks of a replay',
    description: 'Those on their way, 500 at most, are carried out.',
  })
  @Repeatable()
  @NoContent()
  @Problems(crmErrors['crm.hook_replay_unknown'], crmErrors['crm.hook_replay_ended'])
  async cancel(@Param('id', IdPipe) id: string): Promise<void> {
    await this.bus.execute(new CancelHookReplayCommand(id));
  }

  @Post(':id/replay')
  @ApiOperation({
    summary: 'Carry a hook out again',
    description: 'In the background. One that began its work before is left alone unless `force` is given.',
  })
  @Repeatable()
  @Accepted(HookReplayStartedResponse, locationOf)
  @Problems(crmErrors['crm.hook_unknown'], crmErrors['crm.hook_in_progress'])
  replay(@Param('id', IdPipe) id: string, @Body() { force = false }: ReplayHookRequest): Promise<HookReplayStarted> {
    return this.bus.execute(new ReplayHookCommand(id, force));
  }
}
