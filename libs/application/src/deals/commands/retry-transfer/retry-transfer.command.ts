import { Command } from '@nestjs/cqrs';
import type { TransferId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Accepted } from '../../copying/operation-controls.js';

/**
 * Take up the failed items of a finished transfer.
 *
 * @throws AppError `deals.transfer_not_found`, `deals.transfer_nothing_to_retry`
 */
@Permission('deals:transfer')
export class RetryTransferCommand extends Command<Accepted> {
  constructor(readonly id: TransferId) {
    super();
  }
}
