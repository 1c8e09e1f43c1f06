import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClientEntry } from '#domain/clients/history/client-entry.js';
import { asId, type ClientEntryId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { AuthorNames } from '../../history/author-names.js';
import { entryAuthor, mayRemoveAny } from '../../history/entry-author.js';
import { EntryStore, INTERACTIONS } from '../../history/entry-store.js';
import { InteractionInputs } from '../../history/interaction-inputs.js';
import { ShownInteractions } from '../../history/shown-interactions.js';
import type { EntryRowView } from '../../queries/get-timeline/timeline.view.js';
import {
  AddInteractionCommand,
  ChangeInteractionCommand,
  DeleteInteractionCommand,
} from './keep-interaction.command.js';

@CommandHandler(AddInteractionCommand)
export class AddInteractionHandler implements ICommandHandler<AddInteractionCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly inputs: InteractionInputs,
    private readonly names: AuthorNames,
    private readonly shown: ShownInteractions,
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ clientId, kind, input }: AddInteractionCommand): Promise<EntryRowView> {
    const now = this.clock.now();
    const entry = ClientEntry.add({
      ...(await this.inputs.read(input)),
      id: asId<ClientEntryId>(this.ids.next()),
      clientId,
      kind,
      at: input.at ?? now,
      createdAt: now,
      author: await this.names.known(entryAuthor(this.context.get().actor)),
    });
    const { id } = await this.store.add(entry);
    return this.shown.one(id);
  }
}

@CommandHandler(ChangeInteractionCommand)
export class ChangeInteractionHandler implements ICommandHandler<ChangeInteractionCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly inputs: InteractionInputs,
    private readonly shown: ShownInteractions,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, input, expectedVersion }: ChangeInteractionCommand): Promise<EntryRowView> {
    const change = { ...(await this.inputs.read(input, id)), ...(input.at && { at: input.at }) };
    const by = entryAuthor(this.context.get().actor);
    const now = this.clock.now();
    await this.store.change(id, INTERACTIONS, expectedVersion, (entry) => entry.edit(change, by, now));
    return this.shown.one(id);
  }
}

@CommandHandler(DeleteInteractionCommand)
export class DeleteInteractionHandler implements ICommandHandler<DeleteInteractionCommand> {
  constructor(
    private readonly store: EntryStore,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, expectedVersion }: DeleteInteractionCommand): Promise<void> {
    const { actor } = this.context.get();
    const now = this.clock.now();
    await this.store.change(id, INTERACTIONS, expectedVersion, (entry) =>
      entry.remove(entryAuthor(actor), mayRemoveAny(actor), now),
    );
  }
}
