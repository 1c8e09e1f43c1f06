import { Query } from '@nestjs/cqrs';
import type { ClientId } from '#domain/shared/ids.js';
import { Permission } from '#application/shared/bus/permission.decorator.js';
import type { ClientView } from './client.view.js';

/** One client. @throws AppError `clients.client_unknown`, of a deleted one too */
@Permission('clients:read')
export class GetClientQuery extends Query<ClientView> {
  constructor(readonly id: ClientId) {
    super();
  }
}
