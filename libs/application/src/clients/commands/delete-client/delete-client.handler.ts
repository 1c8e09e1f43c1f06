import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import { ClientSaver } from '../../services/client-saver.js';
import { DeleteClientCommand } from './delete-client.command.js';

@CommandHandler(DeleteClientCommand)
export class DeleteClientHandler implements ICommandHandler<DeleteClientCommand> {
  constructor(
    private readonly saver: ClientSaver,
    @Inject(CLIENT_RULES_BOOK) private readonly rules: ClientRulesBook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, expectedVersion }: DeleteClientCommand): Promise<void> {
    const client = await this.saver.locked(id);
    const before = client.facts;
    if (before.deletedAt) throw new AppError(clientsErrors['clients.client_unknown']);
    client.assertVersion(expectedVersion);
    client.delete(this.clock.now());
    await this.saver.save(client, before, await this.rules.current(), ['deletedAt']);
  }
}
