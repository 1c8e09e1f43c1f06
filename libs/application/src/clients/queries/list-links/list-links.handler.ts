import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { entryTitles } from '../../dictionaries/entry-titles.js';
import { POSITIONS } from '../../ports/known-dictionaries.js';
import { CLIENT_LINKS, type ClientLinks } from '../../ports/client-links.js';
import { CLIENTS, type Clients } from '../../ports/clients.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../../ports/dictionaries.js';
import type { LinkView } from './link.view.js';
import { ListLinksQuery } from './list-links.query.js';

@QueryHandler(ListLinksQuery)
export class ListLinksHandler implements IQueryHandler<ListLinksQuery> {
  constructor(
    @Inject(CLIENTS) private readonly clients: Clients,
    @Inject(CLIENT_LINKS) private readonly links: ClientLinks,
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    private readonly context: CurrentContext,
  ) {}

  async execute({ id }: ListLinksQuery): Promise<{ readonly items: readonly LinkView[] }> {
    if (!(await this.clients.kindsOf([id])).has(id)) throw new AppError(clientsErrors['clients.client_unknown']);
    const links = await this.links.of(id);
    const titleOf = await entryTitles(
      this.dictionaries,
      POSITIONS,
      this.context.get().language,
      links.map(({ positionId }) => positionId),
    );
    return { items: links.map((link) => ({ ...link, positionTitle: titleOf(link.positionId) })) };
  }
}
