import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/** Give a mail up that could not be sent: it is kept and shown with `code`. One that is not queued in `run` is left alone. */
@Permission('system')
export class BuryMailCommand extends Command<void> {
  constructor(
    readonly mailId: string,
    readonly run: number,
    /** Code of the error that ended it. */
    readonly code: string,
  ) {
    super();
  }
}
