import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppBus } from '../../bus/app-bus.js';
import { commandsFor } from '../subscriptions.js';
import { PublishEventCommand } from './publish-event.command.js';

@CommandHandler(PublishEventCommand)
export class PublishEventHandler implements ICommandHandler<PublishEventCommand> {
  constructor(private readonly bus: AppBus) {}

  async execute({ event }: PublishEventCommand): Promise<void> {
    for (const command of commandsFor(event)) await this.bus.execute(command);
  }
}
