import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { sourceTitles } from '../../dictionaries/entry-titles.js';
import { CLIENT_SCREENS, type ClientScreens } from '../../ports/client-screens.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../../ports/dictionaries.js';
import type { ClientView } from './client.view.js';
import { GetClientQuery } from './get-client.query.js';

@QueryHandler(GetClientQuery)
export class GetClientHandler implements IQueryHandler<GetClientQuery> {
  constructor(
    @Inject(CLIENT_SCREENS) private readonly screens: ClientScreens,
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    private readonly context: CurrentContext,
  ) {}

  async execute({ id }: GetClientQuery): Promise<ClientView> {
    const card = await this.screens.card(id);
    if (!card) throw new AppError(clientsErrors['clients.client_unknown']);
    const titleOf = await sourceTitles(this.dictionaries, this.context.get().language, [card.sourceId]);
    return { ...card, sourceTitle: titleOf(card.sourceId) };
  }
}
