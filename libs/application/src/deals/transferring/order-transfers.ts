import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import type { AmoDealId, OperationId, TransferId } from '#domain/shared/ids.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { checkTransferOptions } from '#domain/deals/transfer/check-transfer-options.js';
import { DEFAULT_TRANSFER_OPTIONS, type TransferOptions } from '#domain/deals/transfer/transfer-options.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import type { DealsDirectory } from '../copying/deals-directory.js';
import type { Accepted } from '../copying/operation-controls.js';
import { CopyOrders, DOUBLE_CLICK_MS, fingerprintOf } from '../copying/order-copies.js';
import { COPY_OPERATIONS, type CopyOperations } from '../ports/copy-operations.js';

/** Fill what the caller left out with the defaults. */
export const withTransferDefaults = (options: Partial<TransferOptions>): TransferOptions => ({
  ...DEFAULT_TRANSFER_OPTIONS,
  ...options,
});

/** @throws AppError `deals.transfer_options_invalid` with every fault at once, paths from the body's root */
export const assertTransferFits = (
  options: TransferOptions,
  { directory, lossReasons }: DealsDirectory,
  requesterAmoUserId: number | null,
): void => {
  const issues = checkTransferOptions(options, { directory, lossReasons, requesterAmoUserId });
  if (issues.length === 0) return;
  throw new AppError(dealsErrors['deals.transfer_options_invalid'], {
    issues: issues.map((issue) => ({ ...issue, path: issue.path ? `options.${issue.path}` : 'options' })),
  });
};

export interface TransferRequest {
  readonly sourceIds: readonly AmoDealId[];
  readonly options: TransferOptions;
  readonly undoOf: TransferId | null;
}

/** Places transfers and their undoings, in the open transaction; a double click finds the first one. */
@Injectable()
export class TransferOrders {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly orders: CopyOrders,
    private readonly context: CurrentContext,
  ) {}

  async place(request: TransferRequest, account: DealsDirectory): Promise<Accepted> {
    const fingerprint = fingerprintOf(this.context.userId() ?? 'system', { kind: 'transfer', ...request });
    // A caller with an idempotency key of its own says itself what is the same request.
    const twin = this.context.get().idempotency
      ? null
      : await this.operations.findTwin(fingerprint, new Date(this.clock.now().getTime() - DOUBLE_CLICK_MS));
    if (twin) return twin;
    const id = this.ids.next() as OperationId;
    const { status } = await this.orders.place(
      { ...request, kind: 'transfer', id, origin: 'request', hookTokenId: null, fingerprint },
      account,
    );
    return { id, status };
  }
}
