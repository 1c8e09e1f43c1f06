import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_LINKS, type ClientLinks } from '../../ports/client-links.js';
import type { SavedClientView } from '../../queries/get-client/client.view.js';
import { CardMaker } from '../../services/card-maker.js';
import { ClientSaver } from '../../services/client-saver.js';
import { UpdateClientCommand } from './update-client.command.js';

@CommandHandler(UpdateClientCommand)
export class UpdateClientHandler implements ICommandHandler<UpdateClientCommand> {
  constructor(
    private readonly cards: CardMaker,
    private readonly saver: ClientSaver,
    @Inject(CLIENT_LINKS) private readonly links: ClientLinks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, change, expectedVersion }: UpdateClientCommand): Promise<SavedClientView> {
    const client = await this.saver.locked(id);
    const before = client.facts;
    if (before.deletedAt) throw new AppError(clientsErrors['clients.client_unknown']);
    client.assertVersion(expectedVersion);
    const { card, rules } = await this.cards.make(before, change);
    if (card.kind !== before.kind && (await this.links.keepsOthers(id))) {
      throw new AppError(clientsErrors['clients.kind_has_links']);
    }
    const changed = client.change(card, this.clock.now());
    return changed.length > 0 ? this.saver.save(client, before, rules, changed) : this.saver.saved(before, []);
  }
}
