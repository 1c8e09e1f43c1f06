import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CopyOperationId } from '#domain/shared/ids.js';
import { IDS, type Ids } from '../../../shared/ports/ids.js';
import { AccountReader } from '../../copying/account-reader.js';
import { assertOptionsFit, CopyOrders, fingerprintOf, withDefaults } from '../../copying/order-copies.js';
import { COPY_OPERATIONS, type CopyOperations } from '../../ports/copy-operations.js';
import { CopyTriggeredDealCommand, type TriggerOutcome } from './copy-triggered-deal.command.js';

@CommandHandler(CopyTriggeredDealCommand)
export class CopyTriggeredDealHandler implements ICommandHandler<CopyTriggeredDealCommand> {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(IDS) private readonly ids: Ids,
    private readonly account: AccountReader,
    private readonly orders: CopyOrders,
  ) {}

  async execute({ trigger }: CopyTriggeredDealCommand): Promise<TriggerOutcome> {
    const { hookTokenId, dealId, onceWithinMinutes } = trigger;
    // Our own copy fired the trigger of the stage it was made in. The engine checks the marker too, for copies that
    // are so new that we do not know their id yet.
    if ((await this.operations.sourceOfCopy(dealId)) !== null) return { outcome: 'ignored' };
    const options = withDefaults(trigger.options);
    const account = await this.account.read();
    assertOptionsFit(options, account);
    const id = this.ids.next() as CopyOperationId;
    const isNew = await this.operations.claimTrigger({
      hookTokenId,
      sourceDealId: dealId,
      operationId: id,
      at: trigger.receivedAt,
      withinMinutes: onceWithinMinutes,
    });
    if (!isNew)
      return {
        outcome: 'duplicate',
        operationId: (await this.operations.operationOfTrigger(hookTokenId, dealId)) ?? undefined,
      };
    const fingerprint = fingerprintOf(`hook:${hookTokenId}`, { dealId });
    await this.orders.place(
      { kind: 'copy', id, origin: 'hook', sourceIds: [dealId], options, hookTokenId, undoOf: null, fingerprint },
      account,
    );
    return { outcome: 'started', operationId: id };
  }
}
