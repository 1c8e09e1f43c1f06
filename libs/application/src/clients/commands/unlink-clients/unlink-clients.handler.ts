import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLIENT_LINKS, type ClientLinks } from '../../ports/client-links.js';
import { LinkEnds } from '../../services/link-ends.js';
import { UnlinkClientsCommand } from './unlink-clients.command.js';

@CommandHandler(UnlinkClientsCommand)
export class UnlinkClientsHandler implements ICommandHandler<UnlinkClientsCommand> {
  constructor(
    private readonly ends: LinkEnds,
    @Inject(CLIENT_LINKS) private readonly links: ClientLinks,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
  ) {}

  async execute({ one, other }: UnlinkClientsCommand): Promise<void> {
    const { personId, companyId } = await this.ends.of(one, other);
    if (!(await this.links.remove(personId, companyId))) throw new AppError(clientsErrors['clients.client_unknown']);
    await this.audit.record({ entityType: 'clients.link', entityId: personId, before: { companyId }, after: null });
  }
}
