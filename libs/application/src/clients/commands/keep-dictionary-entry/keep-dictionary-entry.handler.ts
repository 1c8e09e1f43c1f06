import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type DictionaryEntryId } from '#domain/shared/ids.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { DictionaryStore } from '../../dictionaries/dictionary-store.js';
import type { DictionaryView } from '../../queries/get-dictionary/dictionary.view.js';
import {
  AddDictionaryEntryCommand,
  ChangeDictionaryEntryCommand,
  DeleteDictionaryEntryCommand,
} from './keep-dictionary-entry.command.js';

@CommandHandler(AddDictionaryEntryCommand)
export class AddDictionaryEntryHandler implements ICommandHandler<AddDictionaryEntryCommand> {
  constructor(
    private readonly store: DictionaryStore,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  execute({ key, entry, expectedVersion }: AddDictionaryEntryCommand): Promise<DictionaryView> {
    const id = asId<DictionaryEntryId>(this.ids.next());
    const code = entry.code ?? `entry_${id.replaceAll('-', '_')}`;
    return this.store.addEntry(key, expectedVersion, id, (dictionary) => dictionary.add({ ...entry, id, code }));
  }
}

@CommandHandler(ChangeDictionaryEntryCommand)
export class ChangeDictionaryEntryHandler implements ICommandHandler<ChangeDictionaryEntryCommand> {
  constructor(
    private readonly store: DictionaryStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ entryId, change, expectedVersion }: ChangeDictionaryEntryCommand): Promise<DictionaryView> {
    const at = this.clock.now();
    return this.store.changeEntry(entryId, expectedVersion, (dictionary) => dictionary.change(entryId, change, at));
  }
}

@CommandHandler(DeleteDictionaryEntryCommand)
export class DeleteDictionaryEntryHandler implements ICommandHandler<DeleteDictionaryEntryCommand> {
  constructor(private readonly store: DictionaryStore) {}

  async execute({ entryId }: DeleteDictionaryEntryCommand): Promise<void> {
    await this.store.changeEntry(entryId, undefined, (dictionary) => dictionary.remove(entryId));
  }
}
