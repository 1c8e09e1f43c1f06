import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { asId, type ClientFieldId } from '#domain/shared/ids.js';
import { defineField, MAX_FIELDS } from '#domain/clients/client-field.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { CLIENT_FIELDS, type ClientFields } from '../../ports/client-fields.js';
import type { ClientFieldView } from '../../queries/list-client-fields/client-field.view.js';
import { CreateClientFieldCommand } from './create-client-field.command.js';

@CommandHandler(CreateClientFieldCommand)
export class CreateClientFieldHandler implements ICommandHandler<CreateClientFieldCommand> {
  constructor(
    @Inject(CLIENT_FIELDS) private readonly fields: ClientFields,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ field: asked }: CreateClientFieldCommand): Promise<ClientFieldView> {
    const existing = await this.fields.list();
    if (existing.length >= MAX_FIELDS) throw new AppError(clientsErrors['clients.too_many_fields']);
    const last = Math.max(0, ...existing.map(({ position }) => position));
    const field = defineField({
      ...asked,
      id: asId<ClientFieldId>(this.ids.next()),
      position: asked.position ?? last + 1,
    });
    await this.fields.add(field, this.clock.now());
    const { id, version: _, ...after } = field;
    await this.audit.record({ entityType: 'clients.field', entityId: id, before: null, after });
    return field;
  }
}
