import { Command } from '@nestjs/cqrs';
import type { AmoDealId } from '#domain/shared/ids.js';
import type { TransferOptions } from '#domain/deals/transfer/transfer-options.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Accepted } from '../../copying/operation-controls.js';

export interface TransferDealsInput {
  /** 1 to 10 000 different deals of the connected account. */
  readonly sourceIds: readonly AmoDealId[];
  /** What is left out is as in `DEFAULT_TRANSFER_OPTIONS`; a target or a responsible must be given. */
  readonly options: Partial<TransferOptions>;
}

/**
 * Start moving deals to another stage or handing them to another user, in the background. The same order by the same
 * person within ten seconds is a double click and answers the first operation.
 *
 * @throws AppError `shared.validation_failed` for duplicate ids, `deals.transfer_options_invalid` for options that do not
 *         fit the account, `crm.not_connected` while no account was ever connected
 */
@Permission('deals:transfer')
export class TransferDealsCommand extends Command<Accepted> {
  constructor(readonly input: TransferDealsInput) {
    super();
  }
}
