import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import type { ClientFileFacts } from '#domain/clients/files/client-file.js';
import { cleanFileName } from '#domain/clients/files/file-name.js';
import { isTakenType, trueType } from '#domain/clients/files/file-type.js';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type ClientFileId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { FILES, type Files, type ReceivedFile } from '#application/shared/ports/files.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { FileLedger } from '../../files/file-ledger.js';
import { entryAuthor } from '../../history/entry-author.js';
import { FILE_SETTINGS, type FileSettings } from '../../ports/file-settings.js';
import type { FileView } from '../../queries/get-file/file.view.js';
import { type Upload, UploadFileCommand } from './upload-file.command.js';

@CommandHandler(UploadFileCommand)
export class UploadFileHandler implements ICommandHandler<UploadFileCommand> {
  constructor(
    @Inject(FILES) private readonly files: Files,
    @Inject(FILE_SETTINGS) private readonly settings: FileSettings,
    private readonly ledger: FileLedger,
    private readonly context: CurrentContext,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ upload }: UploadFileCommand): Promise<FileView> {
    const { maxBytes } = this.settings;
    if ((upload.declaredBytes ?? 0) > maxBytes) {
      throw new AppError(sharedErrors['shared.too_large'], { details: { maxBytes } });
    }
    // Nobody sends a whole file to learn that there was no room for it.
    await this.ledger.assertRoom(upload.declaredBytes ?? 1);
    const received = await this.files.receive(upload.content, maxBytes);
    try {
      return await this.keep(received, this.judge(upload, received));
    } finally {
      await received.discard();
    }
  }

  private judge({ name: given, declaredType }: Upload, received: ReceivedFile): ClientFileFacts {
    const { sizeBytes: size, sha256, detectedType: detected, isText } = received;
    if (size === 0) {
      const issue = { path: '', code: 'empty', message: 'the body must be the content of a file' };
      throw new AppError(sharedErrors['shared.validation_failed'], { issues: [issue] });
    }
    const name = cleanFileName(given);
    const type = trueType({ detected, isText, declared: declaredType });
    if (!isTakenType(type, name, this.settings.allowedTypes)) {
      throw new AppError(clientsErrors['clients.file_type_refused'], { details: { type } });
    }
    const id = asId<ClientFileId>(this.ids.next());
    const uploader = entryAuthor(this.context.get().actor);
    return { id, name, type, size, sha256, uploader, createdAt: this.clock.now() };
  }

  // Stored first, noted then: what no row knows is found by the sweeper, a row without its content by its reader.
  private async keep(received: ReceivedFile, facts: ClientFileFacts): Promise<FileView> {
    const key = { workspaceId: this.context.workspaceId(), id: facts.id };
    await received.keep(key);
    try {
      await this.ledger.note(facts);
    } catch (error) {
      // Refused for certain; after any other failure the row may be there all the same.
      if (error instanceof AppError) await this.files.remove(key).catch(() => undefined);
      throw error;
    }
    const { id, name, size, type, createdAt } = facts;
    return { id, name, size, type, createdAt, entryId: null, clientId: null };
  }
}
