import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Dictionary } from '#domain/clients/dictionaries/dictionary.js';
import { asId, type DictionaryId } from '#domain/shared/ids.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { DictionaryStore } from '../../dictionaries/dictionary-store.js';
import type { DictionaryView } from '../../queries/get-dictionary/dictionary.view.js';
import {
  CreateDictionaryCommand,
  DeleteDictionaryCommand,
  RenameDictionaryCommand,
} from './keep-dictionary.command.js';

@CommandHandler(CreateDictionaryCommand)
export class CreateDictionaryHandler implements ICommandHandler<CreateDictionaryCommand> {
  constructor(
    private readonly store: DictionaryStore,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  execute({ code, titles }: CreateDictionaryCommand): Promise<DictionaryView> {
    return this.store.add(Dictionary.create({ id: asId<DictionaryId>(this.ids.next()), code, titles }));
  }
}

@CommandHandler(RenameDictionaryCommand)
export class RenameDictionaryHandler implements ICommandHandler<RenameDictionaryCommand> {
  constructor(private readonly store: DictionaryStore) {}

  execute({ key, titles, expectedVersion }: RenameDictionaryCommand): Promise<DictionaryView> {
    return this.store.rename(key, expectedVersion, (dictionary) => dictionary.rename(titles));
  }
}

@CommandHandler(DeleteDictionaryCommand)
export class DeleteDictionaryHandler implements ICommandHandler<DeleteDictionaryCommand> {
  constructor(private readonly store: DictionaryStore) {}

  execute({ key }: DeleteDictionaryCommand): Promise<void> {
    return this.store.remove(key);
  }
}
