import { Inject, Injectable } from '@nestjs/common';
import { ClientEntry } from '#domain/clients/history/client-entry.js';
import { asId, type ClientEntryId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import type { SystemEntry } from '../commands/record-system-entry/record-system-entry.command.js';
import { CLIENT_ENTRIES, type ClientEntries } from '../ports/client-entries.js';
import { entryAuthor } from './entry-author.js';

/** Writes what the product did into clients' histories. */
@Injectable()
export class SystemEntries {
  constructor(
    @Inject(CLIENT_ENTRIES) private readonly entries: ClientEntries,
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Once for each client and key, and only while the client is there. @returns whether it was written now */
  record({ clientId, code, params, key, at }: SystemEntry): Promise<boolean> {
    const now = this.clock.now();
    const entry = ClientEntry.add({
      id: asId<ClientEntryId>(this.ids.next()),
      clientId,
      kind: 'system',
      at: at ?? now,
      createdAt: now,
      author: entryAuthor(this.context.get().actor),
      system: { code, params },
      key,
    });
    return this.entries.addOnce(entry);
  }
}
