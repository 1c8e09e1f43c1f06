import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { tidyLine } from '#domain/clients/client-texts.js';
import { AppError } from '#domain/shared/app-error.js';
import type { DictionaryEntryId } from '#domain/shared/ids.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { POSITIONS } from '../../ports/known-dictionaries.js';
import { CLIENT_LINKS, type ClientLinks, UNKNOWN_POSITION } from '../../ports/client-links.js';
import { DICTIONARY_SCREENS, type DictionaryScreens } from '../../ports/dictionaries.js';
import { LinkEnds } from '../../services/link-ends.js';
import { LinkClientsCommand } from './link-clients.command.js';

@CommandHandler(LinkClientsCommand)
export class LinkClientsHandler implements ICommandHandler<LinkClientsCommand> {
  constructor(
    private readonly ends: LinkEnds,
    @Inject(CLIENT_LINKS) private readonly links: ClientLinks,
    @Inject(DICTIONARY_SCREENS) private readonly dictionaries: DictionaryScreens,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ one, other, as: { position: typed, positionId } }: LinkClientsCommand): Promise<void> {
    const ends = await this.ends.of(one, other);
    const position = typed === null ? null : tidyLine(typed) || null;
    const before = await this.links.held(ends.personId, ends.companyId);
    // An entry that is offered no more stays with those who have it.
    if (positionId !== null && positionId !== before?.positionId) await this.assertOffered(positionId);
    await this.links.put({ ...ends, position, positionId }, this.clock.now());
    await this.audit.record({
      entityType: 'clients.link',
      entityId: ends.personId,
      before: before === undefined ? null : { companyId: ends.companyId, ...before },
      after: { companyId: ends.companyId, position, positionId },
    });
  }

  private async assertOffered(positionId: DictionaryEntryId): Promise<void> {
    const positions = await this.dictionaries.recent(POSITIONS, [positionId]);
    if (positions?.entries.some(({ id, isArchived }) => id === positionId && !isArchived)) return;
    throw new AppError(sharedErrors['shared.validation_failed'], { issues: [UNKNOWN_POSITION] });
  }
}
