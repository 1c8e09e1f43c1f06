import { Inject, Injectable } from '@nestjs/common';
import type { Attachment } from '#domain/clients/files/client-file.js';
import type { EntryFacts } from '#domain/clients/history/client-entry.js';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientEntryId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { entryAuthor } from '../history/entry-author.js';
import { CLIENT_FILES, type ClientFiles } from '../ports/client-files.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which files an entry has. Entries without files cost no statement. */
@Injectable()
export class EntryFiles {
  constructor(
    @Inject(CLIENT_FILES) private readonly files: ClientFiles,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The files that a caller names, in the caller's order, held for the open transaction.
   *
   * @param entryId  the entry that may have them already; null for a new one
   * @throws AppError `shared.validation_failed` for a file that is not the caller's, or belongs to another entry
   */
  async claim(named: readonly string[], entryId: ClientEntryId | null = null): Promise<readonly Attachment[]> {
    if (named.length === 0) return [];
    const ids = [...new Set(named.map((id) => id.toLowerCase()))];
    const asked = ids.filter((id) => UUID.test(id));
    const claimed = await this.files.claim(asked, entryId, entryAuthor(this.context.get().actor));
    const byId = new Map(claimed.map((file) => [file.id as string, file]));
    const issues = ids
      .filter((id) => !byId.has(id))
      .map((id) => ({ path: 'fileIds', code: 'unknown_file', message: `${id} is no file of yours that is free` }));
    if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues });
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** Make the files' rows say what the entry says. @param before  the entry as it was; null for a new one */
  async settle(before: EntryFacts | null, after: EntryFacts): Promise<void> {
    const had = before?.attachments ?? [];
    const has = after.deletedAt === null ? after.attachments : [];
    if (had === has) return;
    const added = idsOf(has).filter((id) => !idsOf(had).includes(id));
    if (added.length > 0) await this.files.attach(added, after.id);
    const isLosing = idsOf(had).some((id) => !idsOf(has).includes(id));
    if (isLosing) await this.files.release(after.id, idsOf(has), this.clock.now());
  }
}

const idsOf = (attachments: readonly Attachment[]) => attachments.map(({ id }) => id);
