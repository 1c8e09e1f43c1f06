import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Accepted, OperationControls } from '../../copying/operation-controls.js';
import { RetryTransferCommand } from './retry-transfer.command.js';

@CommandHandler(RetryTransferCommand)
export class RetryTransferHandler implements ICommandHandler<RetryTransferCommand> {
  constructor(private readonly controls: OperationControls) {}

  execute({ id }: RetryTransferCommand): Promise<Accepted> {
    return this.controls.retry(id, 'transfer');
  }
}
