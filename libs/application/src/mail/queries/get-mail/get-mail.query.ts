import { Query } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { MailView } from '../list-mails/mail.view.js';

/** One outgoing mail of the workspace. @throws AppError `mail.unknown` */
@Permission('workspace:manage')
export class GetMailQuery extends Query<MailView> {
  constructor(readonly id: string) {
    super();
  }
}
