import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ClientEntry } from '#domain/clients/history/client-entry.js';
import { asId, type ClientEntryId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { entryAuthor } from '../../history/entry-author.js';
import { CLIENT_ENTRIES, type ClientEntries } from '../../ports/client-entries.js';
import { RecordSystemEntryCommand } from './record-system-entry.command.js';

@CommandHandler(RecordSystemEntryCommand)
export class RecordSystemEntryHandler implements ICommandHandler<RecordSystemEntryCommand> {
  constructor(
    @Inject(CLIENT_ENTRIES) private readonly entries: ClientEntries,
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ entry }: RecordSystemEntryCommand): Promise<{ readonly isNew: boolean }> {
    const now = this.clock.now();
    const { clientId, code, params, key, at = now } = entry;
    const made = ClientEntry.add({
      id: asId<ClientEntryId>(this.ids.next()),
      clientId,
      kind: 'system',
      at,
      createdAt: now,
      author: entryAuthor(this.context.get().actor),
      system: { code, params },
      key,
    });
    return { isNew: await this.entries.addOnce(made) };
  }
}
