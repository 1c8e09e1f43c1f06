import { Inject, Injectable } from '@nestjs/common';
import type { OperationId } from '#domain/shared/ids.js';
import type { CopyStatus, OperationKind } from '#domain/deals/copy-operation.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { OUTBOX, type Outbox } from '../../shared/ports/outbox.js';
import { COPY_OPERATIONS, type CopyOperations } from '../ports/copy-operations.js';
import { queueChunks } from './queue-chunks.js';

export interface Accepted {
  readonly id: OperationId;
  readonly status: CopyStatus;
}

/** Cancelling and retrying, the same for every kind of operation. Both run in the open transaction. */
@Injectable()
export class OperationControls {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  async cancel(id: OperationId, kind: OperationKind): Promise<Accepted> {
    const operation = await this.operations.lock(id, kind);
    operation.assertCancellable();
    return { id, status: await this.operations.requestCancel(id, this.clock.now()) };
  }

  async retry(id: OperationId, kind: OperationKind): Promise<Accepted> {
    const operation = await this.operations.lock(id, kind);
    operation.assertRetryable();
    const chunks = await this.operations.reopenFailed(id);
    await queueChunks(this.outbox, this.context.workspaceId(), operation, chunks);
    return { id, status: 'queued' };
  }
}
