import { Command } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { HookRef } from '../../ports/hook-inbox.js';

/** Set a hook aside that could not be carried out: it is kept and shown with `code`. One that has ended is left alone. */
@Permission('system')
export class FailHookCommand extends Command<void> {
  constructor(
    readonly ref: HookRef,
    /** Code of the error that ended it. */
    readonly code: string,
  ) {
    super();
  }
}
