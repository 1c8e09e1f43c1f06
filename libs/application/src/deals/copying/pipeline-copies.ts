import { Injectable } from '@nestjs/common';
import type { FieldIssue } from '#domain/shared/app-error.js';
import { checkOptions } from '#domain/deals/check-options.js';
import type { CopyOptions } from '#domain/deals/copy-options.js';
import { AppBus } from '../../shared/bus/app-bus.js';
import type { DealEntered, HookOptionsValidator, PipelineTriggers, TriggerResult } from '../../crm/index.js';
import { CopyTriggeredDealCommand } from '../commands/copy-triggered-deal/copy-triggered-deal.command.js';
import { AccountReader } from './account-reader.js';
import { withDefaults } from './order-copies.js';

/** What digital-pipeline hooks start: a copy with the options stored with the hook's token. */
@Injectable()
export class PipelineCopies implements PipelineTriggers, HookOptionsValidator {
  constructor(
    private readonly bus: AppBus,
    private readonly account: AccountReader,
  ) {}

  dealEntered({ hookTokenId, options, onceWithinMinutes, dealId, receivedAt }: DealEntered): Promise<TriggerResult> {
    return this.bus.execute(
      new CopyTriggeredDealCommand({
        hookTokenId,
        dealId,
        onceWithinMinutes,
        receivedAt,
        options: options as Partial<CopyOptions>,
      }),
    );
  }

  async issuesOf(options: Readonly<Record<string, unknown>>): Promise<readonly FieldIssue[]> {
    const { directory } = await this.account.read();
    return checkOptions(withDefaults(options as Partial<CopyOptions>), directory);
  }
}
