import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { isShownInline } from '#domain/clients/files/file-type.js';
import { AppError } from '#domain/shared/app-error.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { FILES, type Files } from '#application/shared/ports/files.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { entryAuthor } from '../../history/entry-author.js';
import { FILE_SCREENS, type FileScreens } from '../../ports/client-files.js';
import type { FileView, StoredFileView } from './file.view.js';
import { GetFileQuery, type OpenedFile, OpenFileQuery } from './get-file.query.js';

const found = async (screens: FileScreens, id: string, context: CurrentContext): Promise<StoredFileView> => {
  const file = await screens.one(id, entryAuthor(context.get().actor));
  if (!file) throw new AppError(clientsErrors['clients.file_unknown']);
  return file;
};

@QueryHandler(GetFileQuery)
export class GetFileHandler implements IQueryHandler<GetFileQuery> {
  constructor(
    @Inject(FILE_SCREENS) private readonly screens: FileScreens,
    private readonly context: CurrentContext,
  ) {}

  execute({ id }: GetFileQuery): Promise<FileView> {
    return found(this.screens, id, this.context);
  }
}

@QueryHandler(OpenFileQuery)
export class OpenFileHandler implements IQueryHandler<OpenFileQuery> {
  constructor(
    @Inject(FILE_SCREENS) private readonly screens: FileScreens,
    @Inject(FILES) private readonly files: Files,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  // The content is read when the network has room for it: no transaction waits for that.
  async execute({ id }: OpenFileQuery): Promise<OpenedFile> {
    const file = await this.unitOfWork.read(() => found(this.screens, id, this.context));
    const key = { workspaceId: this.context.workspaceId(), id: file.id };
    return { file, isShownInline: isShownInline(file.type), read: (range) => this.files.open(key, range) };
  }
}
