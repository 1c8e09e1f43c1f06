import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { OUTBOX, type Outbox } from '../../../shared/ports/outbox.js';
import { queueChunks } from '../../copying/queue-chunks.js';
import { COPY_OPERATIONS, type CopyOperations } from '../../ports/copy-operations.js';
import type { CopyAccepted } from '../copy-deals/copy-deals.command.js';
import { RetryCopyCommand } from './retry-copy.command.js';

@CommandHandler(RetryCopyCommand)
export class RetryCopyHandler implements ICommandHandler<RetryCopyCommand> {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    private readonly context: CurrentContext,
  ) {}

  async execute({ id }: RetryCopyCommand): Promise<CopyAccepted> {
    const operation = await this.operations.lock(id);
    operation.assertRetryable();
    const chunks = await this.operations.reopenFailed(id);
    await queueChunks(this.outbox, this.context.workspaceId(), operation.lane, chunks);
    return { id, status: 'queued' };
  }
}
