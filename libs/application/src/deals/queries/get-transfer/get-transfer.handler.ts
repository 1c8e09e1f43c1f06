import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { TRANSFER_SCREENS, type TransferScreens } from '../../ports/transfer-screens.js';
import { OperationEstimates } from '../../estimates/operation-estimates.js';
import { GetTransferQuery } from './get-transfer.query.js';
import type { TransferView } from './transfer.view.js';

@QueryHandler(GetTransferQuery)
export class GetTransferHandler implements IQueryHandler<GetTransferQuery> {
  constructor(
    @Inject(TRANSFER_SCREENS) private readonly screens: TransferScreens,
    private readonly estimates: OperationEstimates,
  ) {}

  async execute({ id }: GetTransferQuery): Promise<TransferView> {
    const view = await this.screens.operation(id);
    const [estimated] = await this.estimates.of(view ? [view] : []);
    if (!estimated) throw new AppError(dealsErrors['deals.transfer_not_found']);
    return estimated;
  }
}
