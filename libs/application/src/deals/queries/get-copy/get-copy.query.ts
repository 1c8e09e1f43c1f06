import { Query } from '@nestjs/cqrs';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { CopyView } from './copy.view.js';

/** One operation with its progress. @throws AppError `deals.copy_not_found` */
@Permission('deals:read')
export class GetCopyQuery extends Query<CopyView> {
  constructor(readonly id: CopyOperationId) {
    super();
  }
}
