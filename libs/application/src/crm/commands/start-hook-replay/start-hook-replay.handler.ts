import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { REPLAYABLE_STATES } from '#domain/crm/hook-replay.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { type HookReplayStarted, ReplayOrders } from './replay-orders.js';
import { StartHookReplayCommand } from './start-hook-replay.command.js';

@CommandHandler(StartHookReplayCommand)
export class StartHookReplayHandler implements ICommandHandler<StartHookReplayCommand> {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly orders: ReplayOrders,
  ) {}

  execute({ input }: StartHookReplayCommand): Promise<HookReplayStarted> {
    const { from, states = REPLAYABLE_STATES, hookTokenId = null, force = false, dryRun = false } = input;
    if (from >= input.to) {
      const issue = { path: 'to', code: 'not_after_from', message: 'must be after from' };
      throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
    }
    // With what came in this very millisecond. Hooks that come later are none of its: it would never end.
    const end = new Date(this.clock.now().getTime() + 1);
    const to = input.to > end ? end : input.to;
    const scope = { from, to, states: [...new Set(states)], hookTokenId, hookId: null };
    return this.orders.place({ scope, forced: force, dryRun });
  }
}
