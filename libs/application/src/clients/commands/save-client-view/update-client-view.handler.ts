import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_VIEWS, type ClientViews } from '../../ports/client-views.js';
import type { SavedViewView } from '../../queries/list-client-views/saved-view.view.js';
import { OwnViews, ownView } from './own-views.js';
import { UpdateClientViewCommand } from './save-client-view.command.js';

@CommandHandler(UpdateClientViewCommand)
export class UpdateClientViewHandler implements ICommandHandler<UpdateClientViewCommand> {
  constructor(
    private readonly own: OwnViews,
    @Inject(CLIENT_VIEWS) private readonly views: ClientViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, change, expectedVersion }: UpdateClientViewCommand): Promise<SavedViewView> {
    const view = await this.own.locked(id);
    if (expectedVersion !== undefined && expectedVersion !== view.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: view.version } });
    }
    const changed = {
      ...view,
      title: change.title ?? view.title,
      shared: change.shared ?? view.shared,
      query: change.query ?? view.query,
    };
    await this.views.save(changed, this.clock.now());
    return ownView({ ...changed, version: view.version + 1 });
  }
}
