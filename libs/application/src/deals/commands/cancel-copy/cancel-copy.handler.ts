import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../../shared/ports/clock.js';
import { COPY_OPERATIONS, type CopyOperations } from '../../ports/copy-operations.js';
import type { CopyAccepted } from '../copy-deals/copy-deals.command.js';
import { CancelCopyCommand } from './cancel-copy.command.js';

@CommandHandler(CancelCopyCommand)
export class CancelCopyHandler implements ICommandHandler<CancelCopyCommand> {
  constructor(
    @Inject(COPY_OPERATIONS) private readonly operations: CopyOperations,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ id }: CancelCopyCommand): Promise<CopyAccepted> {
    const operation = await this.operations.lock(id);
    operation.assertCancellable();
    return { id, status: await this.operations.requestCancel(id, this.clock.now()) };
  }
}
