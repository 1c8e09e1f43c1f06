import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AppError } from '#domain/shared/app-error.js';
import type { ClientId } from '#domain/shared/ids.js';
import { type AmoParty, canBe } from '#domain/clients/amo-link.js';
import { clientsErrors } from '#domain/clients/clients.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_AMO_LINKS, type ClientAmoLinks } from '../../ports/client-amo-links.js';
import { CLIENTS, type Clients } from '../../ports/clients.js';
import { LinkAmoCommand } from './link-amo.command.js';

@CommandHandler(LinkAmoCommand)
export class LinkAmoHandler implements ICommandHandler<LinkAmoCommand> {
  constructor(
    @Inject(CLIENTS) private readonly clients: Clients,
    @Inject(CLIENT_AMO_LINKS) private readonly links: ClientAmoLinks,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id, party }: LinkAmoCommand): Promise<void> {
    // Held, so that a person does not become a company, or leave, meanwhile.
    const kind = (await this.clients.heldKindsOf([id])).get(id);
    if (!kind) throw new AppError(clientsErrors['clients.client_unknown']);
    if (!canBe(kind, party.entity)) throw new AppError(clientsErrors['clients.amocrm_link_kind']);
    const { holder, isNew } = await this.links.claim(party, id, this.clock.now());
    if (holder === id && !isNew) return;
    if (holder !== id) await this.takeOver(party, holder, id);
    const link = { entity: party.entity, amoId: party.amoId };
    await this.audit.record({
      entityType: 'clients.amocrm_link',
      entityId: id,
      before: holder === id ? null : { ...link, clientId: holder },
      after: { ...link, clientId: id },
    });
  }

  private async takeOver(party: AmoParty, holder: ClientId, id: ClientId): Promise<void> {
    // Held, too: whoever is being deleted or restored right now has been by then.
    if ((await this.clients.heldKindsOf([holder])).has(holder)) {
      throw new AppError(clientsErrors['clients.amocrm_link_taken'], { details: { clientId: holder } });
    }
    await this.links.move(party, id, this.clock.now());
  }
}
