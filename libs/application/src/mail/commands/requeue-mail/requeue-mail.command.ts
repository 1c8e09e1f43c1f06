import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';

/**
 * Give a queued mail a new job because its own was lost.
 *
 * @returns false when it is no longer queued, or something has happened with it since `untouchedSince`
 */
@Permission('system')
export class RequeueMailCommand extends Command<boolean> {
  constructor(
    readonly id: string,
    readonly untouchedSince: Date,
  ) {
    super();
  }
}
