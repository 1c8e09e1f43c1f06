import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { CRM_SCREENS, type CrmScreens } from '../../ports/crm-screens.js';
import { DIRECTORIES, type Directories } from '../../ports/directories.js';
import { GetDirectoryQuery } from './get-directory.query.js';
import type { DirectoryView } from './get-directory.view.js';

const READ_AGAIN_AFTER_MS = 3_000;

@QueryHandler(GetDirectoryQuery)
export class GetDirectoryHandler implements IQueryHandler<GetDirectoryQuery> {
  constructor(
    @Inject(DIRECTORIES) private readonly directories: Directories,
    @Inject(CRM_SCREENS) private readonly screens: CrmScreens,
  ) {}

  async execute(): Promise<DirectoryView> {
    const found = await this.directories.find();
    if (found) return { ...found, fetchedAt: found.directory.fetchedAt };
    const connection = await this.screens.connection();
    if (connection?.state !== 'active') throw new AppError(crmErrors['crm.not_connected']);
    throw new AppError(crmErrors['crm.directory_not_read'], { retryAfterMs: READ_AGAIN_AFTER_MS });
  }
}
