import { Command } from '@nestjs/cqrs';
import type { TransferId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Accepted } from '../../copying/operation-controls.js';

/**
 * Start an operation that puts back what a finished transfer changed, as far as it is still as the transfer left it.
 * What was changed since is reported and left alone.
 *
 * @throws AppError `deals.transfer_not_found`, `deals.transfer_running`, `deals.transfer_nothing_to_undo`,
 *         `crm.not_connected`
 */
@Permission('deals:transfer')
export class UndoTransferCommand extends Command<Accepted> {
  constructor(readonly id: TransferId) {
    super();
  }
}
