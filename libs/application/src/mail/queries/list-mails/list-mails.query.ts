import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { Page, PageRequest } from '../../../shared/paging.js';
import type { MailFilter, MailView } from './mail.view.js';

/** Outgoing mails of the workspace, newest first. */
@Permission('workspace:manage')
export class ListMailsQuery extends Query<Page<MailView>> {
  constructor(
    readonly filter: MailFilter,
    readonly page: PageRequest,
  ) {
    super();
  }
}
