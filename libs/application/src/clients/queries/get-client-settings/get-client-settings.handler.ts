import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import type { ClientSettingsView } from './client-settings.view.js';
import { GetClientSettingsQuery } from './get-client-settings.query.js';

@QueryHandler(GetClientSettingsQuery)
export class GetClientSettingsHandler implements IQueryHandler<GetClientSettingsQuery> {
  constructor(@Inject(CLIENT_RULES_BOOK) private readonly book: ClientRulesBook) {}

  async execute(): Promise<ClientSettingsView> {
    const { phoneRegion, restoreDays } = await this.book.reload();
    return { phoneRegion, restoreDays };
  }
}
