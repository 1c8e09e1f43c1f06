import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { CurrentContext } from '../../../shared/context/current-context.js';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { AccountReader } from '../../copying/account-reader.js';
import {
  assertNoDuplicates,
  assertOptionsFit,
  CopyOrders,
  DOUBLE_CLICK_MS,
  fingerprintOf,
  withDefaults,
} from '../../copying/order-copies.js';
import { COPY_OPERATIONS, type CopyOperations } from '../../ports/copy-operations.js';
import { type CopyAccepted, CopyDealsCommand } from './copy-deals.command.js';

@CommandHandler(CopyDealsCommand)
export class CopyDealsHandler implements ICommandHandler<CopyDealsCommand> {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly account: AccountReader,
    private readonly orders: CopyOrders,
    private readonly context: CurrentContext,
  ) {}

  async execute({ input }: CopyDealsCommand): Promise<CopyAccepted> {
    assertNoDuplicates(input.sourceIds);
    const options = withDefaults(input.options);
    const account = await this.account.read();
    assertOptionsFit(options, account);
    const fingerprint = fingerprintOf(this.context.actorKey(), { sourceIds: input.sourceIds, options });
    // A caller with an idempotency key of its own says itself what is the same request.
    const twin = this.context.get().idempotency ? null : await this.findTwin(fingerprint);
    if (twin) return twin;
    const id = this.ids.next() as CopyOperationId;
    const operation = await this.orders.place(
      {
        kind: 'copy',
        id,
        origin: 'request',
        sourceIds: input.sourceIds,
        options,
        hookTokenId: null,
        undoOf: null,
        fingerprint,
      },
      account,
    );
    return { id: operation.id, status: operation.status };
  }

  private findTwin(fingerprint: string): Promise<CopyAccepted | null> {
    return this.operations.findTwin(fingerprint, new Date(this.clock.now().getTime() - DOUBLE_CLICK_MS));
  }
}
