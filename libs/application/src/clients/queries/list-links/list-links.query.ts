import { Query } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { LinkView } from './link.view.js';

/** The companies of a person, or the people of a company, by name. @throws AppError `clients.client_unknown` */
@Permission('clients:read')
export class ListLinksQuery extends Query<{ readonly items: readonly LinkView[] }> {
  constructor(readonly id: ClientId) {
    super();
  }
}
