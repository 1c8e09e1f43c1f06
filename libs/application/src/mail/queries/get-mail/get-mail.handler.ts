import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { mailErrors } from '#domain/mail/mail.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { MAIL_SCREENS, type MailScreens } from '../../ports/mail-screens.js';
import type { MailView } from '../list-mails/mail.view.js';
import { GetMailQuery } from './get-mail.query.js';

@QueryHandler(GetMailQuery)
export class GetMailHandler implements IQueryHandler<GetMailQuery> {
  constructor(@Inject(MAIL_SCREENS) private readonly screens: MailScreens) {}

  async execute({ id }: GetMailQuery): Promise<MailView> {
    const mail = await this.screens.find(id);
    if (!mail) throw new AppError(mailErrors['mail.unknown']);
    return mail;
  }
}
