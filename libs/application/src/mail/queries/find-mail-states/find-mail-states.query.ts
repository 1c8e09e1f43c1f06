import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MailState } from '../../ports/outgoing-mails.js';

/** What became of a mail, for whoever had it sent. */
export interface MailStateView {
  readonly id: string;
  readonly state: MailState;
  /** Code of the error that the last try met. */
  readonly lastError: string | null;
}

/** What became of mails, in no order; those that are forgotten are left out. For other contexts, which keep ids only. */
@Permission('system')
export class FindMailStatesQuery extends Query<readonly MailStateView[]> {
  constructor(readonly ids: readonly string[]) {
    super();
  }
}
