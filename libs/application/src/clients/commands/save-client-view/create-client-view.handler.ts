import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type ClientViewId } from '#domain/shared/ids.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { CLIENT_VIEWS, type ClientViews, MAX_CLIENT_VIEWS, type SavedView } from '../../ports/client-views.js';
import type { SavedViewView } from '../../queries/list-client-views/saved-view.view.js';
import { OwnViews, ownView } from './own-views.js';
import { CreateClientViewCommand } from './save-client-view.command.js';

@CommandHandler(CreateClientViewCommand)
export class CreateClientViewHandler implements ICommandHandler<CreateClientViewCommand> {
  constructor(
    private readonly own: OwnViews,
    @Inject(CLIENT_VIEWS) private readonly views: ClientViews,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ input }: CreateClientViewCommand): Promise<SavedViewView> {
    const ownerId = this.own.owner();
    if ((await this.views.countOf(ownerId)) >= MAX_CLIENT_VIEWS) {
      throw new AppError(clientsErrors['clients.too_many_views']);
    }
    const view: SavedView = {
      ...input,
      id: asId<ClientViewId>(this.ids.next()),
      ownerId,
      version: 1,
      createdAt: this.clock.now(),
    };
    await this.views.add(view);
    return ownView(view);
  }
}
