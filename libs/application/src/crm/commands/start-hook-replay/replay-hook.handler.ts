import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { isFinal } from '#domain/crm/hook-outcome.js';
import { REPLAYABLE_STATES } from '#domain/crm/hook-replay.js';
import { HOOK_SCREENS, type HookScreens } from '../../ports/hook-screens.js';
import { type HookReplayStarted, ReplayOrders } from './replay-orders.js';
import { ReplayHookCommand } from './start-hook-replay.command.js';

@CommandHandler(ReplayHookCommand)
export class ReplayHookHandler implements ICommandHandler<ReplayHookCommand> {
  constructor(
    @Inject(HOOK_SCREENS) private readonly screens: HookScreens,
    private readonly orders: ReplayOrders,
  ) {}

  async execute({ hookId, force }: ReplayHookCommand): Promise<HookReplayStarted> {
    const hook = await this.screens.hook(hookId, false);
    if (!hook) throw new AppError(crmErrors['crm.hook_unknown']);
    if (!isFinal(hook.state)) throw new AppError(crmErrors['crm.hook_in_progress']);
    const from = new Date(hook.receivedAt);
    const scope = {
      from,
      to: new Date(from.getTime() + 1),
      states: REPLAYABLE_STATES,
      hookTokenId: null,
      hookId,
    };
    return this.orders.place({ scope, forced: force, dryRun: false });
  }
}
