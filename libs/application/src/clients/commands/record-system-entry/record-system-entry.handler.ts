import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SystemEntries } from '../../history/system-entries.js';
import { RecordSystemEntryCommand } from './record-system-entry.command.js';

@CommandHandler(RecordSystemEntryCommand)
export class RecordSystemEntryHandler implements ICommandHandler<RecordSystemEntryCommand> {
  constructor(private readonly entries: SystemEntries) {}

  async execute({ entry }: RecordSystemEntryCommand): Promise<{ readonly isNew: boolean }> {
    return { isNew: await this.entries.record(entry) };
  }
}
