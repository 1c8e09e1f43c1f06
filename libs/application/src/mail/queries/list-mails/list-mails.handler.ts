import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Page } from '../../../shared/paging.js';
import { MAIL_SCREENS, type MailScreens } from '../../ports/mail-screens.js';
import { ListMailsQuery } from './list-mails.query.js';
import type { MailView } from './mail.view.js';

@QueryHandler(ListMailsQuery)
export class ListMailsHandler implements IQueryHandler<ListMailsQuery> {
  constructor(@Inject(MAIL_SCREENS) private readonly screens: MailScreens) {}

  execute({ filter, page }: ListMailsQuery): Promise<Page<MailView>> {
    return this.screens.list(filter, page);
  }
}
