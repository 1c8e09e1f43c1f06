import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UNATTACHED_FOR_MS } from '#domain/clients/files/client-file.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { type FileKey, FILES, type Files } from '#application/shared/ports/files.js';
import { FILE_LEAVINGS, type FileLeavings } from '../../ports/client-files.js';
import { SweepFilesCommand, SweepStraysCommand, type SweptFiles } from './sweep-files.command.js';

const BATCH = 100;
const ASKED_AT_ONCE = 500;
// An upload is noted moments after it is stored; a day is far beyond any clock that is off.
const STRAY_AFTER_MS = 24 * 3_600_000;

@CommandHandler(SweepFilesCommand)
export class SweepFilesHandler implements ICommandHandler<SweepFilesCommand> {
  constructor(
    @Inject(FILES) private readonly files: Files,
    @Inject(FILE_LEAVINGS) private readonly leavings: FileLeavings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<SweptFiles> {
    const now = this.clock.now();
    await this.leavings.releaseUnattached(new Date(now.getTime() - UNATTACHED_FOR_MS), now);
    const keys = await this.leavings.released(BATCH);
    const removed: FileKey[] = [];
    const failures: unknown[] = [];
    for (const key of keys) {
      // One that cannot be removed keeps only itself; what went is forgotten all the same.
      await this.files.remove(key).then(
        () => removed.push(key),
        (error: unknown) => failures.push(error),
      );
    }
    if (removed.length > 0) await this.leavings.forget(removed);
    if (failures.length > 0) throw failures[0];
    return { removed: removed.length, more: keys.length === BATCH };
  }
}

@CommandHandler(SweepStraysCommand)
export class SweepStraysHandler implements ICommandHandler<SweepStraysCommand> {
  constructor(
    @Inject(FILES) private readonly files: Files,
    @Inject(FILE_LEAVINGS) private readonly leavings: FileLeavings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - STRAY_AFTER_MS);
    await this.files.tidy(before);
    let removed = 0;
    let asked: FileKey[] = [];
    for await (const { key, storedAt } of this.files.list()) {
      if (storedAt < before) asked.push(key);
      if (asked.length < ASKED_AT_ONCE) continue;
      removed += await this.removeStrangers(asked);
      asked = [];
    }
    return removed + (await this.removeStrangers(asked));
  }

  private async removeStrangers(asked: readonly FileKey[]): Promise<number> {
    if (asked.length === 0) return 0;
    const strangers = await this.leavings.strangers(asked);
    for (const key of strangers) await this.files.remove(key);
    return strangers.length;
  }
}
