import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { crmErrors } from '#domain/crm/crm.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { connectionAudit } from '../../connection/connection-audit.js';
import { AMO_CONNECTIONS, type AmoConnections } from '../../ports/amo-connections.js';
import { DisconnectCommand } from './disconnect.command.js';

@CommandHandler(DisconnectCommand)
export class DisconnectHandler implements ICommandHandler<DisconnectCommand> {
  constructor(
    @Inject(AMO_CONNECTIONS) private readonly connections: AmoConnections,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const connection = await this.connections.lock();
    if (!connection) throw new AppError(crmErrors['crm.not_connected']);
    const before = connection.facts;
    if (before.state === 'disconnected') return;
    connection.disconnect(this.clock.now());
    await this.connections.save(connection);
    await this.audit.record(connectionAudit(before, connection.facts));
  }
}
