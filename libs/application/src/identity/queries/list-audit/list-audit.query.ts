import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { PageRequest } from '../../../shared/paging.js';
import type { AuditFilter, AuditPageView } from './list-audit.view.js';

/**
 * Who did what to which record in this workspace, newest first, one page.
 * Fails with `shared.validation_failed` (422) for a cursor that is not ours or an impossible instant.
 */
@Permission('identity:read-audit')
export class ListAuditQuery extends Query<AuditPageView> {
  constructor(
    readonly filter: AuditFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}
