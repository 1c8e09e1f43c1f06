import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountReader } from '../../copying/account-reader.js';
import type { Accepted } from '../../copying/operation-controls.js';
import { assertNoDuplicates, CopyOrders } from '../../copying/order-copies.js';
import { assertTransferFits, TransferOrders, withTransferDefaults } from '../../transferring/order-transfers.js';
import { TransferDealsCommand } from './transfer-deals.command.js';

@CommandHandler(TransferDealsCommand)
export class TransferDealsHandler implements ICommandHandler<TransferDealsCommand> {
  constructor(
    private readonly account: AccountReader,
    private readonly orders: CopyOrders,
    private readonly transfers: TransferOrders,
  ) {}

  async execute({ input }: TransferDealsCommand): Promise<Accepted> {
    assertNoDuplicates(input.sourceIds);
    const options = withTransferDefaults(input.options);
    const account = await this.account.read();
    assertTransferFits(options, account, this.orders.requesterIn(account));
    return this.transfers.place({ sourceIds: input.sourceIds, options, undoOf: null }, account);
  }
}
