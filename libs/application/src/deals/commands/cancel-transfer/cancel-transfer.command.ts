import { Command } from '@nestjs/cqrs';
import type { TransferId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Accepted } from '../../copying/operation-controls.js';

/**
 * Stop a transfer after its current batch. Deals that were moved are completed with what is handed over with them; those
 * not yet begun are cancelled.
 *
 * @throws AppError `deals.transfer_not_found`, `deals.transfer_finished`
 */
@Permission('deals:transfer')
export class CancelTransferCommand extends Command<Accepted> {
  constructor(readonly id: TransferId) {
    super();
  }
}
