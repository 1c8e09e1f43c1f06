import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HookRef } from '../../ports/hook-inbox.js';

/**
 * Read a stored hook and start what it asks for. One transaction: what is started and the end of the hook stand or
 * fall together, and a hook that has ended is left alone, so that the command may be sent any number of times.
 */
@Permission('system')
export class DispatchHookCommand extends Command<void> {
  constructor(readonly ref: HookRef) {
    super();
  }
}
