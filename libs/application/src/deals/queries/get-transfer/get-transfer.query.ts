import { Query } from '@nestjs/cqrs';
import type { TransferId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { TransferView } from './transfer.view.js';

/** One transfer with its progress. @throws AppError `deals.transfer_not_found` */
@Permission('deals:read')
export class GetTransferQuery extends Query<TransferView> {
  constructor(readonly id: TransferId) {
    super();
  }
}
