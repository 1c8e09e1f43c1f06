import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Hand over no more hooks of a replay. Those that are on their way, 500 at most, are carried out.
 *
 * @throws AppError `crm.hook_replay_unknown` | `crm.hook_replay_ended`
 */
@Permission('crm:manage')
export class CancelHookReplayCommand extends Command<void> {
  constructor(readonly replayId: string) {
    super();
  }
}
