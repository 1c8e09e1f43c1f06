import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { AccountReader } from '../../copying/account-reader.js';
import type { Accepted } from '../../copying/operation-controls.js';
import { COPY_OPERATIONS, type CopyOperations } from '../../ports/copy-operations.js';
import { TRANSFER_CHANGES, type TransferChanges } from '../../ports/transfer-changes.js';
import { TransferOrders } from '../../transferring/order-transfers.js';
import { UndoTransferCommand } from './undo-transfer.command.js';

@CommandHandler(UndoTransferCommand)
export class UndoTransferHandler implements ICommandHandler<UndoTransferCommand> {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(TRANSFER_CHANGES) private readonly changes: TransferChanges,
    private readonly account: AccountReader,
    private readonly transfers: TransferOrders,
  ) {}

  async execute({ id }: UndoTransferCommand): Promise<Accepted> {
    const operation = await this.operations.lock(id, 'transfer');
    // What is still being changed cannot be put back: it would be changed again behind it.
    if (!operation.isFinished)
      throw new AppError(dealsErrors['deals.transfer_running'], { details: { status: operation.status } });
    const sourceIds = await this.changes.dealsChangedBy(id);
    if (sourceIds.length === 0) throw new AppError(dealsErrors['deals.transfer_nothing_to_undo']);
    const { options } = operation.order;
    return this.transfers.place({ sourceIds, options, undoOf: id }, await this.account.read());
  }
}
