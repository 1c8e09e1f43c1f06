import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { MAX_REPLAYED_HOOKS } from '#domain/crm/hook-replay.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { HOOK_REPLAYS, type HookReplays } from '../../ports/hook-replays.js';
import { AdvanceHookReplayCommand } from './advance-hook-replay.command.js';

// Old hooks go before new ones: so many of a replay may stand in front of what comes in now, and no more.
const SLICE = 500;

@CommandHandler(AdvanceHookReplayCommand)
export class AdvanceHookReplayHandler implements ICommandHandler<AdvanceHookReplayCommand> {
  constructor(
    @Inject(HOOK_REPLAYS) private readonly replays: HookReplays,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ replayId }: AdvanceHookReplayCommand): Promise<void> {
    const replay = await this.replays.lock(replayId);
    if (replay?.status !== 'running') return;
    const at = this.clock.now();
    await this.replays.touch(replayId, at);
    if ((await this.replays.pending(replayId)) > 0) return;
    const room = MAX_REPLAYED_HOOKS - replay.handed - replay.skipped;
    const looked = room > 0 ? await this.replays.handNext(replay, Math.min(SLICE, room), at) : 0;
    if (looked === 0) await this.replays.end(replayId, 'done', at);
  }
}
