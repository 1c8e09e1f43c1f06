import { Inject, Injectable } from '@nestjs/common';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import type { ClientFileFacts } from '#domain/clients/files/client-file.js';
import { AppError } from '#domain/shared/app-error.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { CLIENT_FILES, type ClientFiles } from '../ports/client-files.js';
import { FILE_SETTINGS, type FileSettings } from '../ports/file-settings.js';

/** Notes which files there are and how much room they take, in transactions of its own. */
@Injectable()
export class FileLedger {
  constructor(
    @Inject(CLIENT_FILES) private readonly files: ClientFiles,
    @Inject(FILE_SETTINGS) private readonly settings: FileSettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  /** @throws AppError `clients.file_quota_exceeded` */
  async assertRoom(bytes: number): Promise<void> {
    const used = await this.unitOfWork.read(() => this.files.usedBytes());
    if (used + bytes > this.settings.workspaceBytes) throw this.noRoom();
  }

  /** Note a stored file; how much fits is decided here. @throws AppError `clients.file_quota_exceeded` */
  async note(facts: ClientFileFacts): Promise<void> {
    const { id, size, type } = facts;
    await this.unitOfWork.transact(async () => {
      if (!(await this.files.add(facts, this.settings.workspaceBytes))) throw this.noRoom();
      // What it is called may be personal: that stands in one place only.
      await this.audit.record({ entityType: 'clients.file', entityId: id, before: null, after: { size, type } });
    });
  }

  private noRoom(): AppError {
    const details = { quotaBytes: this.settings.workspaceBytes };
    return new AppError(clientsErrors['clients.file_quota_exceeded'], { details });
  }
}
