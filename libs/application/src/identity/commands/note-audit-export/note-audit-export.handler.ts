import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AUDIT_TRAIL, type AuditTrail } from '../../../shared/ports/audit-trail.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { NoteAuditExportCommand } from './note-audit-export.command.js';

@CommandHandler(NoteAuditExportCommand)
export class NoteAuditExportHandler implements ICommandHandler<NoteAuditExportCommand> {
  constructor(
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  execute({ filter, format }: NoteAuditExportCommand): Promise<void> {
    return this.audit.record({
      entityType: 'identity.audit_export',
      entityId: this.ids.next(),
      after: { format, filter: { ...filter } },
    });
  }
}
