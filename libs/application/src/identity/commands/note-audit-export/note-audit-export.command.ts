import { Command } from '@nestjs/cqrs';
import { Permission } from '../../../shared/bus/permission.decorator.js';
import type { AuditFilter } from '../../queries/list-audit/list-audit.view.js';

/**
 * Note in the audit trail that somebody takes it with him, and which part. The lines themselves are read by
 * `ListAuditQuery`, page by page.
 */
@Permission('identity:read-audit')
export class NoteAuditExportCommand extends Command<void> {
  constructor(
    readonly filter: AuditFilter,
    readonly format: string,
  ) {
    super();
  }
}
