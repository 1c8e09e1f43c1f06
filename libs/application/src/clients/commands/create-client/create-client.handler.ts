import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type ClientId } from '#domain/shared/ids.js';
import { Client } from '#domain/clients/client.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import type { SavedClientView } from '../../queries/get-client/client.view.js';
import { CardMaker } from '../../services/card-maker.js';
import { ClientSaver } from '../../services/client-saver.js';
import { CreateClientCommand } from './create-client.command.js';

@CommandHandler(CreateClientCommand)
export class CreateClientHandler implements ICommandHandler<CreateClientCommand> {
  constructor(
    private readonly cards: CardMaker,
    private readonly saver: ClientSaver,
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ card: typed }: CreateClientCommand): Promise<SavedClientView> {
    const { card, rules } = await this.cards.make(null, typed);
    const identity = {
      workspaceId: this.context.workspaceId(),
      id: asId<ClientId>(this.ids.next()),
      createdBy: this.context.userId(),
    };
    return this.saver.add(Client.create(identity, card, this.clock.now()), rules);
  }
}
