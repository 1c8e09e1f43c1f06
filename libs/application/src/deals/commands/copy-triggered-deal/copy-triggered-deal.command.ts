import { Command } from '@nestjs/cqrs';
import type { AmoDealId, CopyOperationId, HookTokenId } from '#domain/shared/ids.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import { Permission } from '../../../shared/bus/permission.decorator.js';

export interface TriggeredCopy {
  readonly hookTokenId: HookTokenId;
  readonly dealId: AmoDealId;
  /** Stored with the hook's token; what is left out is as in `DEFAULT_COPY_OPTIONS`. */
  readonly options: Partial<CopyOptions>;
  /** The deal is copied for this hook once within so many minutes; null = once for ever. */
  readonly onceWithinMinutes: number | null;
  /** When the trigger arrived; repeats are told by it. */
  readonly receivedAt: Date;
}

export type TriggerOutcome =
  | { readonly outcome: 'started'; readonly operationId: CopyOperationId }
  | { readonly outcome: 'duplicate'; readonly operationId?: CopyOperationId }
  /** The deal is itself a copy that we made. */
  | { readonly outcome: 'ignored' };

/** A digital-pipeline trigger asks for a copy of the deal that fired it. Repeated and doubled hooks give one copy. */
@Permission('system')
export class CopyTriggeredDealCommand extends Command<TriggerOutcome> {
  constructor(readonly trigger: TriggeredCopy) {
    super();
  }
}
