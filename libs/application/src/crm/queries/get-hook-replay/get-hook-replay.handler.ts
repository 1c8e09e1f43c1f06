import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import type { Page } from '#application/shared/paging.js';
import { REPLAY_SCREENS, type ReplayScreens } from '../../ports/hook-screens.js';
import { GetHookReplayQuery, ListReplayedHooksQuery } from './get-hook-replay.query.js';
import type { HookReplayView, ReplayedHookView } from './get-hook-replay.view.js';

@QueryHandler(GetHookReplayQuery)
export class GetHookReplayHandler implements IQueryHandler<GetHookReplayQuery> {
  constructor(@Inject(REPLAY_SCREENS) private readonly screens: ReplayScreens) {}

  async execute({ id }: GetHookReplayQuery): Promise<HookReplayView> {
    const replay = await this.screens.replay(id);
    if (!replay) throw new AppError(crmErrors['crm.hook_replay_unknown']);
    return replay;
  }
}

@QueryHandler(ListReplayedHooksQuery)
export class ListReplayedHooksHandler implements IQueryHandler<ListReplayedHooksQuery> {
  constructor(@Inject(REPLAY_SCREENS) private readonly screens: ReplayScreens) {}

  async execute({ id, page }: ListReplayedHooksQuery): Promise<Page<ReplayedHookView>> {
    if (!(await this.screens.replay(id))) throw new AppError(crmErrors['crm.hook_replay_unknown']);
    return this.screens.replayed(id, page);
  }
}
