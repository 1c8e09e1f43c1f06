import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { MAIL_SCREENS, type MailScreens } from '../../ports/mail-screens.js';
import { FindMailStatesQuery } from './find-mail-states.query.js';
import type { MailStateView } from './mail-state.view.js';

@QueryHandler(FindMailStatesQuery)
export class FindMailStatesHandler implements IQueryHandler<FindMailStatesQuery> {
  constructor(@Inject(MAIL_SCREENS) private readonly screens: MailScreens) {}

  execute({ ids }: FindMailStatesQuery): Promise<readonly MailStateView[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.screens.statesOf(ids);
  }
}
