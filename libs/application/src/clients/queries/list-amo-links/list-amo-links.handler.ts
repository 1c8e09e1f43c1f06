import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLIENT_AMO_LINKS, type ClientAmoLinks } from '../../ports/client-amo-links.js';
import { CLIENTS, type Clients } from '../../ports/clients.js';
import type { AmoLinkView } from './amo-link.view.js';
import { ListAmoLinksQuery } from './list-amo-links.query.js';

@QueryHandler(ListAmoLinksQuery)
export class ListAmoLinksHandler implements IQueryHandler<ListAmoLinksQuery> {
  constructor(
    @Inject(CLIENTS) private readonly clients: Clients,
    @Inject(CLIENT_AMO_LINKS) private readonly links: ClientAmoLinks,
  ) {}

  async execute({ id }: ListAmoLinksQuery): Promise<{ readonly items: readonly AmoLinkView[] }> {
    if (!(await this.clients.kindsOf([id])).has(id)) throw new AppError(clientsErrors['clients.client_unknown']);
    return { items: await this.links.of(id) };
  }
}
