import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { entryAuthor } from '../../history/entry-author.js';
import { CLIENT_FILES, type ClientFiles, FILE_SCREENS, type FileScreens } from '../../ports/client-files.js';
import { DeleteFileCommand } from './delete-file.command.js';

@CommandHandler(DeleteFileCommand)
export class DeleteFileHandler implements ICommandHandler<DeleteFileCommand> {
  constructor(
    @Inject(FILE_SCREENS) private readonly screens: FileScreens,
    @Inject(CLIENT_FILES) private readonly files: ClientFiles,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    private readonly context: CurrentContext,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: DeleteFileCommand): Promise<void> {
    const file = await this.screens.one(id, entryAuthor(this.context.get().actor));
    if (!file) throw new AppError(clientsErrors['clients.file_unknown']);
    const isReleased = file.entryId === null && (await this.files.releaseOne(id, this.clock.now()));
    if (!isReleased) throw new AppError(clientsErrors['clients.file_attached']);
    const before = { size: file.size, type: file.type };
    await this.audit.record({ entityType: 'clients.file', entityId: file.id, before, after: null });
  }
}
