import { Inject, Injectable } from '@nestjs/common';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { OUTBOX, type Outbox } from '../../shared/ports/outbox.js';
import { UNIT_OF_WORK, type UnitOfWork } from '../../shared/ports/unit-of-work.js';
import type { OperationKind } from '#domain/deals/copy-operation.js';
import { COPY_CHUNKS, type CopyChunks, type TakenChunk } from '../ports/copy-chunks.js';
import { COPY_SETTINGS, type CopySettings } from '../ports/copy-settings.js';
import { ChunkSession } from './chunk-session.js';
import { queueChunks } from './queue-chunks.js';

/** The engines' side of the store: sessions on chunks, and their end. */
@Injectable()
export class EngineStore {
  constructor(
    @Inject(COPY_CHUNKS) private readonly chunks: CopyChunks,
    @Inject(COPY_SETTINGS) private readonly settings: CopySettings,
    @Inject(UNIT_OF_WORK) private readonly unitOfWork: UnitOfWork,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  /** Hold the chunk while `work` is done on it; then end it, unless the work failed. */
  async carry<K extends OperationKind>(
    taken: TakenChunk<K>,
    work: (session: ChunkSession<K>) => Promise<void>,
  ): Promise<void> {
    const session = new ChunkSession(taken, this.chunks, this.unitOfWork, this.clock, this.settings);
    session.startHeartbeat();
    try {
      await work(session);
      await this.complete(taken);
    } finally {
      await session.end();
    }
  }

  /** End the chunk and queue the operation's next one, in one transaction. */
  private async complete({ lease, operation }: TakenChunk<OperationKind>): Promise<void> {
    await this.unitOfWork.transact(async () => {
      const next = await this.chunks.complete(lease);
      if (next) await queueChunks(this.outbox, this.context.workspaceId(), operation, [next]);
    });
  }
}
