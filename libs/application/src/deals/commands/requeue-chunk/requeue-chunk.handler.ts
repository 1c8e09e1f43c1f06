import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { OUTBOX, type Outbox } from '../../../shared/ports/outbox.js';
import { queueChunks } from '../../copying/queue-chunks.js';
import { COPY_CHUNKS, type CopyChunks } from '../../ports/copy-chunks.js';
import { COPY_OPERATIONS, type CopyOperations } from '../../ports/copy-operations.js';
import { RequeueChunkCommand } from './requeue-chunk.command.js';

@CommandHandler(RequeueChunkCommand)
export class RequeueChunkHandler implements ICommandHandler<RequeueChunkCommand> {
  constructor(
    @Inject(COPY_CHUNKS) private readonly chunks: CopyChunks,
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    private readonly context: CurrentContext,
  ) {}

  async execute({ ref, untouchedForMs }: RequeueChunkCommand): Promise<boolean> {
    const operation = await this.operations.jobOf(ref.operationId);
    const next = await this.chunks.requeue(ref, untouchedForMs);
    if (!next) return false;
    await queueChunks(this.outbox, this.context.workspaceId(), operation, [next]);
    return true;
  }
}
