import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Accepted, OperationControls } from '../../copying/operation-controls.js';
import { CancelTransferCommand } from './cancel-transfer.command.js';

@CommandHandler(CancelTransferCommand)
export class CancelTransferHandler implements ICommandHandler<CancelTransferCommand> {
  constructor(private readonly controls: OperationControls) {}

  execute({ id }: CancelTransferCommand): Promise<Accepted> {
    return this.controls.cancel(id, 'transfer');
  }
}
