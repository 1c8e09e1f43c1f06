import { Command } from '@nestjs/cqrs';
import type { ReplayableState } from '#domain/crm/hook-replay.js';
import type { HookTokenId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HookReplayStarted } from './replay-orders.js';

export interface HookReplayInput {
  /** Received then or later. */
  readonly from: Date;
  /** Received before then; never hooks that come after the order. */
  readonly to: Date;
  /** All that have ended unless given. */
  readonly states?: readonly ReplayableState[];
  readonly hookTokenId?: HookTokenId;
  /** Begin again what was begun before. */
  readonly force?: boolean;
  /** Only count. */
  readonly dryRun?: boolean;
}

/**
 * Carry out stored hooks again, in the background.
 *
 * @throws AppError `shared.validation_failed` when `from` is not before `to`
 * @throws AppError `crm.hook_replay_too_large`
 */
@Permission('crm:manage')
export class StartHookReplayCommand extends Command<HookReplayStarted> {
  constructor(readonly input: HookReplayInput) {
    super();
  }
}

/**
 * Carry out one stored hook again, in the background.
 *
 * @throws AppError `crm.hook_unknown`
 * @throws AppError `crm.hook_in_progress` when it has not ended
 */
@Permission('crm:manage')
export class ReplayHookCommand extends Command<HookReplayStarted> {
  constructor(
    readonly hookId: string,
    readonly force: boolean,
  ) {
    super();
  }
}
