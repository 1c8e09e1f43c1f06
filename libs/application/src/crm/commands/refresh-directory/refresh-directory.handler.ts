import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { WorkspaceId } from '#domain/shared/ids.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { AMO_ACCOUNTS, type AmoAccounts } from '../../ports/amo-account.js';
import { DIRECTORIES, type Directories } from '../../ports/directories.js';
import { type DirectoryRefreshed, RefreshDirectoryCommand } from './refresh-directory.command.js';

@CommandHandler(RefreshDirectoryCommand)
export class RefreshDirectoryHandler implements ICommandHandler<RefreshDirectoryCommand> {
  private readonly running = new Map<WorkspaceId, Promise<DirectoryRefreshed>>();

  constructor(
    @Inject(AMO_ACCOUNTS) private readonly accounts: AmoAccounts,
    @Inject(DIRECTORIES) private readonly directories: Directories,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly context: CurrentContext,
  ) {}

  execute(): Promise<DirectoryRefreshed> {
    const workspaceId = this.context.workspaceId();
    const shared = this.running.get(workspaceId) ?? this.refresh().finally(() => this.running.delete(workspaceId));
    this.running.set(workspaceId, shared);
    return shared;
  }

  private async refresh(): Promise<DirectoryRefreshed> {
    // First the field, then the reading: the directory then lists the field too.
    const markerFieldId = await this.accounts.ensureMarkerField();
    const directory = await this.accounts.readDirectory();
    await this.unitOfWork.transact(() => this.directories.save(directory, markerFieldId));
    return { fetchedAt: directory.fetchedAt.toISOString() };
  }
}
