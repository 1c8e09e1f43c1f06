import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLIENT_VIEWS, type ClientViews } from '../../ports/client-views.js';
import { OwnViews } from './own-views.js';
import { DeleteClientViewCommand } from './save-client-view.command.js';

@CommandHandler(DeleteClientViewCommand)
export class DeleteClientViewHandler implements ICommandHandler<DeleteClientViewCommand> {
  constructor(
    private readonly own: OwnViews,
    @Inject(CLIENT_VIEWS) private readonly views: ClientViews,
  ) {}

  async execute({ id }: DeleteClientViewCommand): Promise<void> {
    await this.own.locked(id);
    await this.views.remove(id);
  }
}
