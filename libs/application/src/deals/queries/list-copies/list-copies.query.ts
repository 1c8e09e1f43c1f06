import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { CopyFilter } from '../../ports/copy-screens.js';
import type { CopyListItemView } from '../get-copy/copy.view.js';

/** Operations of the workspace, newest first. */
@Permission('deals:read')
export class ListCopiesQuery extends Query<Page<CopyListItemView>> {
  constructor(
    readonly filter: CopyFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}
