import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type HistoryFactView, ListHistoryFactsQuery } from '#application/clients/index.js';
import { type Fact, FINAL, momentOfId } from '#domain/analytics/fact.js';
import { AppBus } from '#application/shared/bus/app-bus.js';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { AUDIT_TRAIL, type AuditTrail } from '#application/shared/ports/audit-trail.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { UNIT_OF_WORK, type UnitOfWork } from '#application/shared/ports/unit-of-work.js';
import { rebuildFiguresJob } from '../../jobs/rebuild-figures.job.js';
import { EditionMaker } from '../../services/edition-maker.js';
import { FactBook } from '../../services/fact-book.js';
import { RebuildFiguresCommand, StartRebuildCommand } from './rebuild-figures.command.js';

/** The same of what is stored as the events tell of it. */
const factOf = (kind: 'client' | 'comment', { id, memberId, at, isRemoved, version }: HistoryFactView): Fact => {
  const shared = { subjectId: id, memberId: memberId ?? '', counts: !isRemoved };
  return kind === 'client'
    ? { ...shared, metric: 'new_clients', at: momentOfId(id), asOf: version }
    : { ...shared, metric: 'comments', at, asOf: isRemoved ? FINAL : version };
};

@CommandHandler(StartRebuildCommand)
export class StartRebuildHandler implements ICommandHandler<StartRebuildCommand> {
  constructor(
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(IDS) private readonly ids: Ids,
    private readonly context: CurrentContext,
  ) {}

  async execute(): Promise<void> {
    const workspaceId = this.context.workspaceId();
    await this.outbox.enqueue(rebuildFiguresJob, { workspaceId, runId: this.ids.next() });
    await this.audit.record({ entityType: 'analytics.figures', entityId: workspaceId });
  }
}

@CommandHandler(RebuildFiguresCommand)
export class RebuildFiguresHandler implements ICommandHandler<RebuildFiguresCommand> {
  constructor(
    private readonly facts: FactBook,
    private readonly editions: EditionMaker,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    private readonly bus: AppBus,
  ) {}

  async execute(): Promise<void> {
    for (const kind of ['client', 'comment'] as const) {
      for (let after: string | null = null; ;) {
        const page: readonly HistoryFactView[] = await this.bus.ask(new ListHistoryFactsQuery(kind, after));
        if (page.length === 0) break;
        const facts = page.map((found) => factOf(kind, found));
        await this.unitOfWork.transact(() => this.facts.settle(facts));
        after = page.at(-1)?.id ?? null;
      }
    }
    await this.editions.make({ anew: true });
  }
}
