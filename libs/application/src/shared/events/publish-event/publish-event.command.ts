import { Command } from '@nestjs/cqrs';
import { Permission } from '../../bus/permission.decorator.js';
import type { PublishedEvent } from '../subscriptions.js';

/** Tell an event's subscribers: sends the command of each, in order. At least once. */
@Permission('system', { ownTransactions: true })
export class PublishEventCommand extends Command<void> {
  constructor(readonly event: PublishedEvent) {
    super();
  }
}
