import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { CLOCK, type Clock } from '#application/shared/ports/clock.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { purgeDue } from '#domain/clients/client.js';
import { CLIENT_BIN, type ClientBin } from '../../ports/client-bin.js';
import { CLIENT_RULES_BOOK, type ClientRulesBook } from '../../ports/client-rules.js';
import { MAX_PURGED, PurgeClientsCommand } from './purge-clients.command.js';

@CommandHandler(PurgeClientsCommand)
export class PurgeClientsHandler implements ICommandHandler<PurgeClientsCommand> {
  constructor(
    @Inject(CLIENT_BIN) private readonly bin: ClientBin,
    @Inject(CLIENT_RULES_BOOK) private readonly book: ClientRulesBook,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(): Promise<number> {
    for (let purged = 0; ; purged++) {
      if (purged === MAX_PURGED || !(await this.unitOfWork.transact(() => this.purgeOne()))) return purged;
    }
  }

  private async purgeOne(): Promise<boolean> {
    // Read each time: whoever gives the workspace more days keeps what is still there.
    const rules = await this.book.reload();
    const client = await this.bin.next(purgeDue(rules.restoreDays, this.clock.now()));
    if (!client) return false;
    client.purge();
    await this.bin.purge(client, rules);
    const { id, deletedAt } = client.facts;
    await this.audit.record({
      entityType: 'clients.client',
      entityId: id,
      before: { deletedAt: deletedAt?.toISOString() ?? null },
      after: null,
    });
    await this.outbox.publish(client.pullEvents());
    return true;
  }
}
