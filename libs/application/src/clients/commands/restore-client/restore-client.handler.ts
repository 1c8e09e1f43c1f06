import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import type { SavedClientView } from '../../queries/get-client/client.view.js';
import { ClientSaver } from '../../services/client-saver.js';
import { RestoreClientCommand } from './restore-client.command.js';

@CommandHandler(RestoreClientCommand)
export class RestoreClientHandler implements ICommandHandler<RestoreClientCommand> {
  constructor(
    private readonly saver: ClientSaver,
    @Inject(CLIENT_RULES_BOOK) private readonly book: ClientRulesBook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: RestoreClientCommand): Promise<SavedClientView> {
    const client = await this.saver.locked(id);
    const before = client.facts;
    // The days that are set now, not those that were when this process last looked.
    const rules = await this.book.reload();
    const isBack = client.restore(rules.restoreDays, this.clock.now());
    return isBack ? this.saver.save(client, before, rules, ['deletedAt']) : this.saver.saved(before, []);
  }
}
