import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { tidyLine } from '#domain/clients/client-texts.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { CLIENT_LINKS, type ClientLinks } from '../../ports/client-links.js';
import { LinkEnds } from '../../services/link-ends.js';
import { LinkClientsCommand } from './link-clients.command.js';

@CommandHandler(LinkClientsCommand)
export class LinkClientsHandler implements ICommandHandler<LinkClientsCommand> {
  constructor(
    private readonly ends: LinkEnds,
    @Inject(CLIENT_LINKS) private readonly links: ClientLinks,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ one, other, position: typed }: LinkClientsCommand): Promise<void> {
    const ends = await this.ends.of(one, other);
    const position = typed === null ? null : tidyLine(typed) || null;
    const before = await this.links.put({ ...ends, position }, this.clock.now());
    await this.audit.record({
      entityType: 'clients.link',
      entityId: ends.personId,
      before: before === undefined ? null : { companyId: ends.companyId, position: before },
      after: { companyId: ends.companyId, position },
    });
  }
}
