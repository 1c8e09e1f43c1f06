import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLIENT_AMO_LINKS, type ClientAmoLinks } from '../../ports/client-amo-links.js';
import { CLIENTS, type Clients } from '../../ports/clients.js';
import { UnlinkAmoCommand } from './unlink-amo.command.js';

@CommandHandler(UnlinkAmoCommand)
export class UnlinkAmoHandler implements ICommandHandler<UnlinkAmoCommand> {
  constructor(
    @Inject(CLIENTS) private readonly clients: Clients,
    @Inject(CLIENT_AMO_LINKS) private readonly links: ClientAmoLinks,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ id, party }: UnlinkAmoCommand): Promise<void> {
    if (!(await this.clients.heldKindsOf([id])).has(id)) throw new AppError(clientsErrors['clients.client_unknown']);
    if (!(await this.links.remove(party, id))) return;
    const { entity, amoId } = party;
    await this.audit.record({
      entityType: 'clients.amocrm_link',
      entityId: id,
      before: { entity, amoId, clientId: id },
      after: null,
    });
  }
}
