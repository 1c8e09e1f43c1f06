import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { connectionAudit } from '../../connection/connection-audit.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../../ports/amo-connections.js';
import { LimitConnectionCommand } from './limit-connection.command.js';

@CommandHandler(LimitConnectionCommand)
export class LimitConnectionHandler implements ICommandHandler<LimitConnectionCommand> {
  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ change }: LimitConnectionCommand): Promise<void> {
    const connection = await this.connections.lock();
    if (!connection) throw new AppError(crmErrors['crm.not_connected']);
    const before = connection.facts;
    const { requestsPerSecond, accountRequestsPerSecond } = { ...before.limits, ...withoutGaps(change) };
    connection.limit({ requestsPerSecond, accountRequestsPerSecond });
    await this.connections.save(connection);
    await this.audit.record(connectionAudit(before, connection.facts));
  }
}

/** A member of a request that is undefined was left out. */
const withoutGaps = <T extends object>(change: T): Partial<T> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
