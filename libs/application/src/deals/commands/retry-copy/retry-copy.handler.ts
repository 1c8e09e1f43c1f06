import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { OperationControls } from '../../copying/operation-controls.js';
import type { CopyAccepted } from '../copy-deals/copy-deals.command.js';
import { RetryCopyCommand } from './retry-copy.command.js';

@CommandHandler(RetryCopyCommand)
export class RetryCopyHandler implements ICommandHandler<RetryCopyCommand> {
  constructor(private readonly controls: OperationControls) {}

  execute({ id }: RetryCopyCommand): Promise<CopyAccepted> {
    return this.controls.retry(id, 'copy');
  }
}
