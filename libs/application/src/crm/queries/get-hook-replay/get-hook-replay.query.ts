import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '#application/shared/paging.js';
import type { HookReplayView, ReplayedHookView } from './get-hook-replay.view.js';

/** A replay and how far it has come. @throws AppError `crm.hook_replay_unknown` */
@Permission('crm:read')
export class GetHookReplayQuery extends Query<HookReplayView> {
  constructor(readonly id: string) {
    super();
  }
}

/** What a replay did to each hook that has ended since, newest first. @throws AppError `crm.hook_replay_unknown` */
@Permission('crm:read')
export class ListReplayedHooksQuery extends Query<Page<ReplayedHookView>> {
  constructor(
    readonly id: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
