import { Inject, Injectable } from '@nestjs/common';
import { AmoConnection, type GivenGrant } from '#domain/crm/amo-connection.js';
import { claimsOf } from '#domain/crm/token-claims.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../ports/amo-connections.js';
import { connectionAudit } from './connection-audit.js';

/** Stores a fresh grant as the workspace's connection. */
@Injectable()
export class GrantStore {
  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  /** Connect, or connect again, in one transaction. @throws AppError `crm.other_account` */
  take(given: Omit<GivenGrant, 'amoUserId'>): Promise<void> {
    const grant: GivenGrant = { ...given, amoUserId: claimsOf(given.tokens.accessToken).userId };
    return this.unitOfWork.transact(async () => {
      const known = await this.connections.lock();
      const before = known?.facts ?? null;
      const connection = known ?? AmoConnection.establish(this.context.workspaceId(), grant, this.clock.now());
      if (known) known.connect(grant, this.clock.now());
      await this.connections.save(connection);
      await this.audit.record(connectionAudit(before, connection.facts));
    });
  }
}
