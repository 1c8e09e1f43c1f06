import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { HOOK_REPLAYS, type HookReplays } from '../../ports/hook-replays.js';
import { CancelHookReplayCommand } from './cancel-hook-replay.command.js';

@CommandHandler(CancelHookReplayCommand)
export class CancelHookReplayHandler implements ICommandHandler<CancelHookReplayCommand> {
  constructor(
    @Inject(HOOK_REPLAYS) private readonly replays: HookReplays,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ replayId }: CancelHookReplayCommand): Promise<void> {
    const replay = await this.replays.await(replayId);
    if (!replay) throw new AppError(crmErrors['crm.hook_replay_unknown']);
    if (replay.status !== 'running') throw new AppError(crmErrors['crm.hook_replay_ended']);
    await this.replays.end(replayId, 'cancelled', this.clock.now());
    await this.audit.record({
      entityType: 'crm.hook_replay',
      entityId: replayId,
      before: { status: replay.status },
      after: { status: 'cancelled' },
    });
  }
}
