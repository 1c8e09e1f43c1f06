import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { TransferDealsInput } from '../../commands/transfer-deals/transfer-deals.command.js';
import type { TransferPreviewView } from './transfer-preview.view.js';

/**
 * What transferring these deals would do and cost: up to 50 of them in full, the rest estimated. Reads from amoCRM in
 * the lane of a waiting person and writes nothing.
 *
 * @throws as `TransferDealsCommand`, and what reading from amoCRM throws
 */
@Permission('deals:transfer', { ownTransactions: true })
export class PreviewTransferQuery extends Query<TransferPreviewView> {
  constructor(readonly input: TransferDealsInput) {
    super();
  }
}
