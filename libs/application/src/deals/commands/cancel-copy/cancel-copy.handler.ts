import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OperationControls } from '../../copying/operation-controls.js';
import type { CopyAccepted } from '../copy-deals/copy-deals.command.js';
import { CancelCopyCommand } from './cancel-copy.command.js';

@CommandHandler(CancelCopyCommand)
export class CancelCopyHandler implements ICommandHandler<CancelCopyCommand> {
  constructor(private readonly controls: OperationControls) {}

  execute({ id }: CancelCopyCommand): Promise<CopyAccepted> {
    return this.controls.cancel(id, 'copy');
  }
}
