import { Inject, Injectable } from '@nestjs/common';
import type { AmoConnection } from '#domain/crm/amo-connection.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../ports/amo-connections.js';
import { connectionAudit } from './connection-audit.js';

/** Changes the workspace's connection, with its line in the audit trail, in one transaction. */
@Injectable()
export class ConnectionChanges {
  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  /** Nothing is written when there is no connection, or `work` changed nothing. */
  apply(work: (connection: AmoConnection) => void): Promise<void> {
    return this.unitOfWork.transact(async () => {
      const connection = await this.connections.lock();
      if (!connection) return;
      const before = connection.facts;
      work(connection);
      if (connection.facts === before) return;
      await this.connections.save(connection);
      await this.audit.record(connectionAudit(before, connection.facts));
    });
  }
}
