import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { failure } from '#domain/deals/copy-failures.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { OUTBOX, type Outbox } from '../../../shared/ports/outbox.js';
import { queueChunks } from '../../copying/queue-chunks.js';
import { COPY_CHUNKS, type CopyChunks } from '../../ports/copy-chunks.js';
import { FailChunkCommand } from './fail-chunk.command.js';

const LEASE_MS = 10_000;
const GAVE_UP = { copy: 'deals.failure.gave_up', transfer: 'deals.failure.transfer_gave_up' } as const;

@CommandHandler(FailChunkCommand)
export class FailChunkHandler implements ICommandHandler<FailChunkCommand> {
  constructor(
    @Inject(COPY_CHUNKS) private readonly chunks: CopyChunks,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(IDS) private readonly ids: Ids,
    private readonly context: CurrentContext,
  ) {}

  async execute({ ref, code }: FailChunkCommand): Promise<void> {
    const claim = await this.chunks.claim(ref, this.ids.next(), LEASE_MS);
    // Somebody else has taken the chunk over: it is theirs to finish or to give up.
    if (claim.kind !== 'taken') return;
    const error = failure(GAVE_UP[claim.operation.kind], { code });
    await this.chunks.conclude(
      claim.lease,
      claim.items.map(({ seq, remarks }) => ({ seq, status: 'failed', error, remarks })),
    );
    const next = await this.chunks.complete(claim.lease);
    if (next) await queueChunks(this.outbox, this.context.workspaceId(), claim.operation, [next]);
  }
}
