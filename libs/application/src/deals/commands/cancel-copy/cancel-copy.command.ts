import { Command } from '@nestjs/cqrs';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { CopyAccepted } from '../copy-deals/copy-deals.command.js';

/**
 * Stop an operation after its current batch. Deals that were created are completed with their tasks and notes; those
 * not yet begun are cancelled.
 *
 * @throws AppError `deals.copy_not_found`, `deals.copy_finished`
 */
@Permission('deals:copy')
export class CancelCopyCommand extends Command<CopyAccepted> {
  constructor(readonly id: CopyOperationId) {
    super();
  }
}
