import { Query } from '@nestjs/cqrs';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { SummaryView } from './summary.view.js';

/**
 * New clients and comments by day and by manager. What happened a moment ago may be missing: it is counted in the
 * background.
 *
 * @throws AppError `analytics.period_invalid`
 */
@Permission('analytics:read')
export class GetSummaryQuery extends Query<SummaryView> {
  constructor(
    /** First day, `YYYY-MM-DD`, in the workspace's time zone. */
    readonly from: string,
    /** Last day, included. */
    readonly to: string,
  ) {
    super();
  }
}
