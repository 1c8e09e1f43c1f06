import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLIENT_LINKS, type ClientLinks } from '../../ports/client-links.js';
import { CLIENTS, type Clients } from '../../ports/clients.js';
import type { LinkView } from './link.view.js';
import { ListLinksQuery } from './list-links.query.js';

@QueryHandler(ListLinksQuery)
export class ListLinksHandler implements IQueryHandler<ListLinksQuery> {
  constructor(
    @Inject(CLIENTS) private readonly clients: Clients,
    @Inject(CLIENT_LINKS) private readonly links: ClientLinks,
  ) {}

  async execute({ id }: ListLinksQuery): Promise<{ readonly items: readonly LinkView[] }> {
    if (!(await this.clients.kindsOf([id])).has(id)) throw new AppError(clientsErrors['clients.client_unknown']);
    return { items: await this.links.of(id) };
  }
}
