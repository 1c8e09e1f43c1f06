import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '#domain/shared/app-error.js';
import { sharedErrors } from '#domain/shared/shared.errors.js';
import type { AmoDealId, CopyItemId } from '#domain/shared/ids.js';
import { checkOptions } from '#domain/deals/check-options.js';
import { Operation, type OperationKind, type OperationOrder } from '#domain/deals/copy-operation.js';
import { type CopyOptions, DEFAULT_COPY_OPTIONS } from '#domain/deals/copy-options.js';
import { dealsErrors } from '#domain/deals/deals.errors.js';
import { CurrentContext } from '../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../shared/ports/clock.js';
import { IDS, type Ids } from '../../shared/ports/ids.js';
import { OUTBOX, type Outbox } from '../../shared/ports/outbox.js';
import { COPY_OPERATIONS, type CopyOperations } from '../ports/copy-operations.js';
import { queueChunks } from './queue-chunks.js';
import { requesterAmoUserId } from './requester.js';
import type { DealsDirectory } from './deals-directory.js';

/** An order as its command makes it; the rest is found out when it is placed. */
export type OperationRequest<K extends OperationKind> = Omit<
  OperationOrder<K>,
  'requestedBy' | 'requesterAmoUserId' | 'turnBase' | 'at'
>;

/** Fill what the caller left out with the defaults. */
export const withDefaults = (options: Partial<CopyOptions>): CopyOptions => ({ ...DEFAULT_COPY_OPTIONS, ...options });

/** @throws AppError `deals.options_invalid` with every fault at once, paths from the body's root */
export const assertOptionsFit = (options: CopyOptions, { directory }: DealsDirectory): void => {
  const issues = checkOptions(options, directory);
  if (issues.length === 0) return;
  throw new AppError(dealsErrors['deals.options_invalid'], {
    issues: issues.map((issue) => ({ ...issue, path: `options.${issue.path}` })),
  });
};

/** @throws AppError `shared.validation_failed` naming every id that stands twice */
export const assertNoDuplicates = (sourceIds: readonly AmoDealId[]): void => {
  const seen = new Set<number>();
  const issues = sourceIds.flatMap((id, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: `sourceIds.${index}`, code: 'duplicate', message: `Deal ${id} is listed more than once` }];
  });
  if (issues.length > 0) throw new AppError(sharedErrors['shared.validation_failed'], { issues: issues.slice(0, 100) });
};

/** Hex SHA-256 of who asks for what: equal for a double click. */
export const fingerprintOf = (who: string, what: unknown): string =>
  createHash('sha256')
    .update(`${who}\n${JSON.stringify(what)}`)
    .digest('hex');

/** The same order by the same person within this time is a double click. */
export const DOUBLE_CLICK_MS = 10_000;

/** Makes operations of every kind and queues their first chunks, in the open transaction. */
@Injectable()
export class CopyOrders {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(OUTBOX) private readonly outbox: Outbox,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly context: CurrentContext,
  ) {}

  /** Whoever asks, among amoCRM's users; null when it has no such user. */
  requesterIn(account: DealsDirectory): number | null {
    return requesterAmoUserId(this.context.get().actor, account);
  }

  async place<K extends OperationKind>(request: OperationRequest<K>, account: DealsDirectory): Promise<Operation<K>> {
    const operation = Operation.plan<K>({
      ...request,
      requestedBy: this.context.userId(),
      requesterAmoUserId: this.requesterIn(account),
      turnBase: await this.turnBase(request),
      at: this.clock.now(),
    });
    const items = request.sourceIds.map((sourceDealId) => ({ id: this.ids.next() as CopyItemId, sourceDealId }));
    const chunks = await this.operations.add(operation, items);
    await queueChunks(this.outbox, this.context.workspaceId(), operation, chunks);
    return operation;
  }

  private async turnBase({ options, sourceIds, undoOf }: OperationRequest<OperationKind>): Promise<number> {
    const { responsible } = options;
    if (responsible.mode !== 'round_robin' || undoOf !== null) return 0;
    return this.operations.takeTurns(`responsible:${responsible.userIds.join(',')}`, sourceIds.length);
  }
}
