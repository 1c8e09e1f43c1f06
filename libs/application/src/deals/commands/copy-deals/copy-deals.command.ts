import { Command } from '@nestjs/cqrs';
import type { AmoDealId, CopyOperationId } from '#domain/shared/ids.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import type { CopyStatus } from '#domain/deals/copy-operation.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface CopyDealsInput {
  /** 1 to 10 000 different deals of the connected account. */
  readonly sourceIds: readonly AmoDealId[];
  /** What is left out is as in `DEFAULT_COPY_OPTIONS`. */
  readonly options: Partial<CopyOptions>;
}

export interface CopyAccepted {
  readonly id: CopyOperationId;
  readonly status: CopyStatus;
}

/**
 * Start copying deals in the background. The same order by the same person within ten seconds is a double click and
 * answers the first operation.
 *
 * @throws AppError `shared.validation_failed` for duplicate ids, `deals.options_invalid` for options that do not fit
 *         the account, `crm.not_connected` while no account was ever connected. Later faults of the
 *         connection fail the items, which can be retried after the repair
 */
@Permission('deals:copy')
export class CopyDealsCommand extends Command<CopyAccepted> {
  constructor(readonly input: CopyDealsInput) {
    super();
  }
}
