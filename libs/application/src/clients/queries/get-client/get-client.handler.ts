import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLIENT_SCREENS, type ClientScreens } from '../../ports/client-screens.js';
import type { ClientView } from './client.view.js';
import { GetClientQuery } from './get-client.query.js';

@QueryHandler(GetClientQuery)
export class GetClientHandler implements IQueryHandler<GetClientQuery> {
  constructor(@Inject(CLIENT_SCREENS) private readonly screens: ClientScreens) {}

  async execute({ id }: GetClientQuery): Promise<ClientView> {
    const view = await this.screens.card(id);
    if (!view) throw new AppError(clientsErrors['clients.client_unknown']);
    return view;
  }
}
