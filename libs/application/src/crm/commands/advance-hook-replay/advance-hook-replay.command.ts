import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';

/**
 * Hand the next hooks of a replay over, once those before have ended; end it when there are no more. May be sent any
 * number of times by any number of workers.
 */
@Permission('system')
export class AdvanceHookReplayCommand extends Command<void> {
  constructor(readonly replayId: string) {
    super();
  }
}
