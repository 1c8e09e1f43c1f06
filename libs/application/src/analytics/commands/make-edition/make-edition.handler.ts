import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentContext } from '#application/shared/context/current-context.js';
import { IDS, type Ids } from '#application/shared/ports/ids.js';
import { OUTBOX, type Outbox } from '#application/shared/ports/outbox.js';
import { makeEditionJob } from '../../jobs/make-edition.job.js';
import { EditionMaker } from '../../services/edition-maker.js';
import { FollowTimeZoneCommand, MakeEditionCommand } from './make-edition.command.js';

@CommandHandler(FollowTimeZoneCommand)
export class FollowTimeZoneHandler implements ICommandHandler<FollowTimeZoneCommand> {
  constructor(
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(IDS) private readonly ids: Ids,
    private readonly context: CurrentContext,
  ) {}

  // Events of other changes cause a job, too: it looks whether there is something to do, behind the lock.
  execute(): Promise<void> {
    return this.outbox.enqueue(makeEditionJob, { workspaceId: this.context.workspaceId(), runId: this.ids.next() });
  }
}

@CommandHandler(MakeEditionCommand)
export class MakeEditionHandler implements ICommandHandler<MakeEditionCommand> {
  constructor(private readonly editions: EditionMaker) {}

  execute(): Promise<void> {
    return this.editions.make({ anew: false });
  }
}
