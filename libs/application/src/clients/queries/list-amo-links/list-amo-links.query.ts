import { Query } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { AmoLinkView } from './amo-link.view.js';

/** The contacts or companies of amoCRM that a client is, oldest link first. @throws AppError `clients.client_unknown` */
@Permission('clients:read')
export class ListAmoLinksQuery extends Query<{ readonly items: readonly AmoLinkView[] }> {
  constructor(readonly id: ClientId) {
    super();
  }
}
