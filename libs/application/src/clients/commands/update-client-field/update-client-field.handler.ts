import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { changeField } from '#domain/clients/client-field.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_FIELDS, type ClientFields } from '../../ports/client-fields.js';
import type { ClientFieldView } from '../../queries/list-client-fields/client-field.view.js';
import { UpdateClientFieldCommand } from './update-client-field.command.js';

@CommandHandler(UpdateClientFieldCommand)
export class UpdateClientFieldHandler implements ICommandHandler<UpdateClientFieldCommand> {
  constructor(
    @Inject(CLIENT_FIELDS) private readonly fields: ClientFields,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, change, expectedVersion }: UpdateClientFieldCommand): Promise<ClientFieldView> {
    const before = await this.fields.lock(id);
    if (!before) throw new AppError(clientsErrors['clients.field_unknown']);
    if (expectedVersion !== undefined && expectedVersion !== before.version) {
      throw new AppError(sharedErrors['shared.version_conflict'], { details: { currentVersion: before.version } });
    }
    const after = changeField(before, change);
    await this.fields.save(after, this.clock.now());
    const { id: _, version, ...was } = before;
    const { id: __, version: ___, ...is } = after;
    await this.audit.record({ entityType: 'clients.field', entityId: id, before: was, after: is });
    return { ...after, version: version + 1 };
  }
}
