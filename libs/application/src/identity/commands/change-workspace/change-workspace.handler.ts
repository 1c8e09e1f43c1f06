import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { assertTimeZone } from '#domain/identity/workspace-settings.js';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { WORKSPACES, type Workspaces } from '../../ports/workspaces.js';
import type { WorkspaceView } from '../../queries/get-workspace/get-workspace.query.js';
import { PeopleJournal } from '../../services/people-journal.js';
import { ChangeWorkspaceCommand } from './change-workspace.command.js';

@CommandHandler(ChangeWorkspaceCommand)
export class ChangeWorkspaceHandler implements ICommandHandler<ChangeWorkspaceCommand> {
  constructor(
    private readonly journal: PeopleJournal,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
  ) {}

  async execute({ change, expectedVersion }: ChangeWorkspaceCommand): Promise<WorkspaceView> {
    if (change.timeZone !== undefined) assertTimeZone(change.timeZone);
    const { id, version, ...before } = await this.workspaces.lock();
    if (expectedVersion !== undefined && expectedVersion !== version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: version } });
    }
    const { name = before.name, timeZone = before.timeZone, language = before.language } = change;
    const after = { name, timeZone, language };
    if (name === before.name && timeZone === before.timeZone && language === before.language) {
      return { id, version, ...before };
    }
    await this.workspaces.save(after);
    await this.journal.workspace('identity.workspace_changed', { before, after });
    return { id, version: version + 1, ...after };
  }
}
