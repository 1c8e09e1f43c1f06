import { Command } from '@nestjs/cqrs';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { CopyAccepted } from '../copy-deals/copy-deals.command.js';

/**
 * Take up the failed items of a finished operation, each where it stopped.
 *
 * @throws AppError `deals.copy_not_found`, `deals.nothing_to_retry`
 */
@Permission('deals:copy')
export class RetryCopyCommand extends Command<CopyAccepted> {
  constructor(readonly id: CopyOperationId) {
    super();
  }
}
