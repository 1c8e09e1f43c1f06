import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { COPY_SCREENS, type CopyScreens } from '../../ports/copy-screens.js';
import { OperationEstimates } from '../../estimates/operation-estimates.js';
import type { CopyView } from './copy.view.js';
import { GetCopyQuery } from './get-copy.query.js';

@QueryHandler(GetCopyQuery)
export class GetCopyHandler implements IQueryHandler<GetCopyQuery> {
  constructor(
    @Inject(COPY_SCREENS) private readonly screens: CopyScreens,
    private readonly estimates: OperationEstimates,
  ) {}

  async execute({ id }: GetCopyQuery): Promise<CopyView> {
    const view = await this.screens.operation(id);
    const [estimated] = await this.estimates.of(view ? [view] : []);
    if (!estimated) throw new AppError(dealsErrors['deals.copy_not_found']);
    return estimated;
  }
}
