import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MailStateView } from './mail-state.view.js';

/** What became of mails, in no order; those that are forgotten are left out. For other contexts, which keep ids only. */
@Permission('system')
export class FindMailStatesQuery extends Query<readonly MailStateView[]> {
  constructor(readonly ids: readonly string[]) {
    super();
  }
}
